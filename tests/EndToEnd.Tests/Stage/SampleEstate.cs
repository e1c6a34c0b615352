using System.Globalization;
using System.Text;

namespace NocMonitor.EndToEnd.Tests.Stage;

/// <summary>Half an hour of points of a small estate: two servers, a switch, a supply, web sites and the monitoring itself, in the shape that agents and collector write.</summary>
internal static class SampleEstate
{
    private const int Minutes = 30;

    /// <summary>One series: its key, and its fields for a minute.</summary>
    private static readonly (string Key, Func<int, string> Fields)[] Series =
    [
        ("cpu,agent=a1,cpu=cpu-total,host=web01,site=north", minute => $"usage_active={20 + (minute % 7)},usage_user={15 + (minute % 5)},usage_system=3.5,usage_iowait=1.5,usage_steal=0"),
        ("mem,agent=a1,host=web01,site=north", minute => $"used_percent=41.5,used=4100000000i,cached=2000000000i,total={8L << 30}i"),
        ("swap,agent=a1,host=web01,site=north", minute => $"used=1048576i,in={minute * 4096}i,out={minute * 8192}i"),
        ("system,agent=a1,host=web01,site=north", minute => $"uptime={86400 + (minute * 60)}i,load1=0.7,n_cpus=4i"),
        ("system,agent=a2,host=win01,site=south", minute => $"uptime={3600 + (minute * 60)}i,processor_queue_length={minute % 3}i,n_cpus=2i"),
        ("disk,agent=a1,device=sda1,fstype=ext4,host=web01,path=/,site=north", minute => $"used_percent={70 + (minute * 0.1)},free=30000000000i,total=100000000000i,inodes_used_percent=12.5"),
        ("diskio,agent=a1,host=web01,name=sda,site=north", minute => $"read_bytes={minute * 100_000}i,write_bytes={minute * 300_000}i,io_await=2.5"),
        ("net,agent=a1,host=web01,interface=eth0,site=north", minute => $"bytes_recv={minute * 5_000_000}i,bytes_sent={minute * 2_000_000}i,err_in={minute}i,err_out=0i,drop_in=0i"),
        ("processes,agent=a1,host=web01,site=north", minute => "total=180i,running=2i,blocked=0i"),
        ("systemd_units,agent=a1,host=web01,name=nginx.service,site=north", minute => "result_code=0i,active=\"active\",restarts=0i,mem_current=12000000i"),
        ("win_services,agent=a2,display_name=Spooler,host=win01,service_name=Spooler,site=south", minute => "result_code=0i,state=4i,startup_mode=2i"),
        ("ping,agent=a1,host=web01,site=north,url=web01", minute => "result_code=0i,average_response_ms=0.8,percent_packet_loss=0"),
        ("ping,agent=a1,host=gone,site=north,url=gone", minute => "result_code=2i,percent_packet_loss=100"),
        ("http_response,agent=a1,host=web01,method=GET,server=https://web01/,site=north", minute => $"result_code={(minute % 10 == 5 ? 1 : 0)}i,response_time=0.05,dns_time=0.001,connect_time=0.002,tls_time=0.01,first_byte_time=0.03"),
        ("http_response,agent=a1,host=gone,method=GET,server=https://gone/,site=north", minute => "result_code=1i,response_time=0.5"),
        ("net_response,agent=a1,host=web01,port=22,protocol=tcp,server=web01,site=north", minute => "result_code=0i,response_time=0.01"),
        ("dns_query,agent=a1,domain=example.net,host=ns1,record_type=A,server=ns1,site=north", minute => "result_code=0i,query_time_ms=3.5"),
        ("x509_cert,agent=a1,host=web01,site=north,source=https://web01", minute => "days_left=42.5,issuer=\"CN=Some CA\",verification_error=\"\",result_code=0i"),
        ("ntp,agent=a1,host=ns1,server=ns1,site=north", minute => "offset=0.0005,result_code=0i"),
        ("snmp,agent=a1,host=sw01,site=north", minute => "result_code=0i,duration=0.4,vendor=\"Some\",model=\"S48\",version=\"1.2\",serial=\"X1\",sysLocation=\"rack 4\""),
        ("snmp_cpu,agent=a1,cpu=1,host=sw01,site=north", minute => "usage=12.5"),
        ("snmp_memory,agent=a1,host=sw01,memory=Processor,site=north", minute => "used_percent=44.5"),
        ("snmp_storage,agent=a1,host=sw01,site=north,storage=flash", minute => "used_percent=60.5"),
        ("interface,agent=a1,host=sw01,ifName=Gi1/0/1,site=north", minute => "ifOperStatus=\"up\",ifAdminStatus=\"up\",ifAlias=\"uplink\",ifSpeed=1000000000i,ifIndex=1i,dot3StatsDuplexStatus=\"fullDuplex\","
            + $"in_bits_per_second={4e8 + minute},out_bits_per_second=2e8,in_utilization=40.5,out_utilization=20.5,in_packets_per_second=50000.5,out_packets_per_second=30000.5,"
            + "in_errors_percent=0.001,out_errors_percent=0.001,in_discards_percent=0.01,out_discards_percent=0.01"),
        ("sensor,agent=a1,class=temperature,host=sw01,sensor=inlet,site=north", minute => "value=24.5,status=\"ok\",status_level=0i,unit=\"°C\""),
        ("sensor,agent=a1,class=state,host=sw01,sensor=fan\\ 1,site=north", minute => "value=1,status=\"ok\",status_level=0i"),
        ("sensor,agent=a1,class=humidity,host=ups01,sensor=room,site=north", minute => "value=45.5,unit=\"%\""),
        ("sensor,agent=a1,class=power,host=ups01,sensor=output,site=north", minute => "value=850.5,unit=\"W\""),
        ("sensor,agent=a1,class=fanspeed,host=ups01,sensor=fan,site=north", minute => "value=2400.5,unit=\"rpm\""),
        ("bgp_peer,agent=a1,host=sw01,peer=192.0.2.1,site=north", minute => "state=\"established\",state_code=6i,remote_as=64500i,established_time=90000i"),
        ("ups,agent=a1,host=ups01,site=north", minute => "output_source=\"normal\",battery_status=\"batteryNormal\",charge_percent=100.5,minutes_remaining=45.5,load_percent=35.5"),
        ("agent,agent=a1,host=web01,site=north", minute => $"version=\"0.1.0\",uptime={minute * 60}i,rss=36000000i,spool_bytes=0i,spool_age_s=0.5,clock_offset_ms=1.5,cpu_percent=0.2,probe_overruns={minute / 10}i,probe_timeouts=0i,dropped=0i,refused=0i"),
        ("collector,host=noc,site=north", minute => $"lines={minute * 1000}i,rejected_lines={minute}i,rule_lag=0.5,outbox_age=0.5,resident_bytes=90000000i,series=1000i"),
        ("collector_receiver,host=noc,receiver=ops,site=north", minute => "pending=0i,age=0.5,delivered=10i,failed=0i,dead=0i"),
        ("collector_forwarder,forwarder=far,host=noc,site=north", minute => "behind=0i,lag=0.5,sent_lines=100i,rejected_lines=0i,lost_batches=0i"),
        ("alerts,agent=a1,host=gone,rule=host.down,severity=critical,site=north", minute => $"state=\"{(minute < 20 ? "resolved" : "firing")}\",reason=\"raised\",summary=\"gone does not answer\""),
        ("alerts,agent=a1,host=web01,rule=fs.space,severity=warning,site=north", minute => "state=\"firing\",reason=\"raised\",summary=\"/ is full\""),
    ];

    /// <summary>All of it as line protocol, times in nanoseconds.</summary>
    /// <param name="end">The time of the newest points.</param>
    public static string Lines(DateTimeOffset end)
    {
        var text = new StringBuilder();
        for (var minute = 0; minute < Minutes; minute++)
        {
            var time = end.AddMinutes(minute - Minutes + 1).ToUnixTimeMilliseconds();
            foreach (var (key, fields) in Series)
            {
                text.Append(CultureInfo.InvariantCulture, $"{key} {fields(minute)} {time}000000\n");
            }
        }

        return text.ToString();
    }
}

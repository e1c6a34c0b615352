using NocMonitor.Probes.Dns;
using NocMonitor.Probes.Exec;
using NocMonitor.Probes.Files;
using NocMonitor.Probes.Host.Cpu;
using NocMonitor.Probes.Host.Disk;
using NocMonitor.Probes.Host.DiskIo;
using NocMonitor.Probes.Host.Kernel;
using NocMonitor.Probes.Host.Mem;
using NocMonitor.Probes.Host.Net;
using NocMonitor.Probes.Host.Processes;
using NocMonitor.Probes.Host.Swap;
using NocMonitor.Probes.Host.SystemLoad;
using NocMonitor.Probes.Http;
using NocMonitor.Probes.Ntp;
using NocMonitor.Probes.Ping;
using NocMonitor.Probes.Processes;
using NocMonitor.Probes.Services;
using NocMonitor.Probes.Snmp;
using NocMonitor.Probes.Snmp.Traps;
using NocMonitor.Probes.Tcp;
using NocMonitor.Probes.Tls;

namespace NocMonitor.Probes;

/// <summary>The one list of probe types. A new probe is a folder beside this file and a line here.</summary>
public static class ProbeCatalog
{
    public static IReadOnlyList<ProbeType> All { get; } =
    [
        ProbeType.Of("cpu", "CPU use in percent, per CPU and in total.", CpuOptions.Read, CpuProbe.Create),
        ProbeType.Of("disk", "Space and inodes of each mounted file system.", DiskOptions.Read, DiskProbe.Create),
        ProbeType.Of("diskio", "Traffic and latency of each disk.", DiskIoOptions.Read, DiskIoProbe.Create),
        ProbeType.Of("kernel", "Forks, interrupts, context switches and out-of-memory kills.", KernelOptions.Read, KernelProbe.Create),
        ProbeType.Of("mem", "Memory use.", MemOptions.Read, MemProbe.Create),
        ProbeType.Of("net", "Traffic and state of each network interface.", NetOptions.Read, NetProbe.Create),
        ProbeType.Of("processes", "Number of processes by state.", ProcessesOptions.Read, ProcessesProbe.Create),
        ProbeType.Of("swap", "Swap use and traffic.", SwapOptions.Read, SwapProbe.Create),
        ProbeType.Of("system", "Load, uptime, CPUs and users.", SystemOptions.Read, SystemProbe.Create),
        ProbeType.Of("dns", "Asks DNS servers for records and compares the answers with what is expected.", DnsOptions.Read, DnsProbe.Create),
        ProbeType.Of("ntp", "Offset, stratum and health of NTP servers.", NtpOptions.Read, NtpProbe.Create),
        ProbeType.Of("ping", "Pings any number of hosts over one ICMP socket per address family.", PingOptions.Read, PingProbe.Create),
        ProbeType.Of("snmp", "Polls network devices by SNMP: interfaces, sensors, whatever their device profile names.", SnmpOptions.Read, SnmpProbe.Create),
        ProbeType.Of("tcp", "Connects to TCP ports; can send a text and await another.", TcpOptions.Read, TcpProbe.Create),
        ProbeType.Of("http", "Asks URLs; status, body and the time of each phase.", HttpOptions.Read, HttpProbe.Create),
        ProbeType.Of("tls", "Certificates of servers and files: expiry, chain and name.", TlsProbeOptions.Read, TlsProbe.Create),
        ProbeType.Of("exec", "Any Nagios plugin: state, text and performance data.", ExecOptions.Read, ExecProbe.Create),
        ProbeType.Of("process", "Processes by name, pattern, pid file or unit: count, CPU, memory, threads, open files, age.", ProcessOptions.Read, ProcessProbe.Create),
        ProbeType.Of("service", "Services: systemd units, Windows services, or by pid file; whether each is in its expected state.", ServiceOptions.Read, ServiceProbe.Create),
        ProbeType.Of("file", "Files: there or not, size, age, count and newest match of a pattern, checksum change.", FileProbeOptions.Read, FileProbe.Create),
        ProbeType.Of("snmp_trap", "Receives SNMP traps and informs of all versions.", SnmpTrapOptions.Read, SnmpTrapProbe.Create),
    ];

    public static ProbeType? Find(string name) =>
        All.FirstOrDefault(type => string.Equals(type.Name, name, StringComparison.OrdinalIgnoreCase));
}

using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Tests.Rules.Evaluation;
using static NocMonitor.Collector.Tests.Rules.Evaluation.RuleEngineTests;

namespace NocMonitor.Collector.Tests.Rules.Pack;

/// <summary>The shipped rules on what the shipped probes send.</summary>
public class PackScenarioTests
{
    [Test]
    public async Task A_web_server_that_stops_is_paged_at_the_third_failed_sample_and_resolved_at_the_second_good_one()
    {
        await using var stage = await StartAsync();
        var pages = new List<int>();
        foreach (var (result, second) in new[] { 0, 1, 1, 1, 1, 0, 0 }.Select((result, index) => (result, index)))
        {
            await stage.WriteAsync($"http_response,agent=a1,host=web,method=GET,server=http://web/ result_code={result}i,error=\"connection refused\" {At(stage, second)}");
            pages.Add(stage.Pages().Count);
        }

        Assert.That(pages, Is.EqualTo(new[] { 0, 0, 0, 1, 1, 1, 2 }));
        Assert.That(stage.Pages(), Is.EqualTo(new[] { "firing http.status web -> noc", "resolved http.status web -> noc" }));
    }

    [Test]
    public async Task A_probe_that_could_not_ask_says_nothing_about_its_target()
    {
        await using var stage = await StartAsync();
        await stage.WriteAsync([.. Enumerable.Range(0, 3).Select(i => $"http_response,agent=a1,host=web,server=x result_code=1i {At(stage, i)}")]);

        await stage.WriteAsync([.. Enumerable.Range(3, 5).Select(i => $"http_response,agent=a1,host=web,server=x result_code=6i {At(stage, i)}")]);

        Assert.That(stage.Alerts.List(new AlertFilter()).Single().State, Is.EqualTo("firing"));
    }

    [Test]
    public async Task A_dead_host_is_one_page_and_not_one_for_each_of_its_checks()
    {
        await using var stage = await StartAsync();
        for (var i = 0; i < 4; i++)
        {
            await stage.WriteAsync(
                $"ping,agent=a1,host=db,url=db percent_packet_loss=100,result_code=2i {At(stage, i)}",
                $"net_response,agent=a1,host=db,server=db,port=5432,protocol=tcp result_code=2i {At(stage, i)}",
                $"http_response,agent=a1,host=db,server=http://db/,method=GET result_code=2i {At(stage, i)}");
        }

        Assert.That(stage.Pages(), Is.EqualTo(new[] { "firing host.down db -> noc" }));
        Assert.That(stage.Alerts.List(new AlertFilter()).Count, Is.EqualTo(3));
    }

    [Test]
    public async Task A_name_that_does_not_resolve_does_not_make_a_host_well()
    {
        await using var stage = await StartAsync();
        await stage.WriteAsync([.. Enumerable.Range(0, 3).Select(i => $"ping,agent=a1,host=db,url=db percent_packet_loss=100,result_code=2i {At(stage, i)}")]);

        await stage.WriteAsync([.. Enumerable.Range(3, 5).Select(i => $"ping,agent=a1,host=db,url=db result_code=3i {At(stage, i)}")]);

        Assert.That(stage.Alerts.List(new AlertFilter(Rule: "host.down")).Single().State, Is.EqualTo("firing"));
    }

    [Test]
    public async Task A_full_disk_is_judged_by_share_and_size()
    {
        await using var stage = await StartAsync();
        for (var minute = 0; minute <= 6; minute++)
        {
            await stage.WriteAsync(
                $"disk,agent=a1,host=big,path=/data,fstype=xfs,device=sdb used_percent=90,free=1000000000000i {At(stage, minute * 60)}",
                $"disk,agent=a1,host=small,path=/,fstype=ext4,device=sda used_percent=90,free=9000000000i {At(stage, minute * 60)}",
                $"disk,agent=a1,host=full,path=/,fstype=ext4,device=sda used_percent=99,free=100000000i {At(stage, minute * 60)}",
                $"disk,agent=a1,host=live,path=/rom,fstype=squashfs,device=loop0 used_percent=100,free=0i {At(stage, minute * 60)}");
        }

        Assert.That(stage.Transitions(), Is.EquivalentTo(new[] { "fs.space small: none -> warning, raised", "fs.space full: none -> critical, raised" }));
    }

    [Test]
    public async Task A_disk_that_fills_is_told_before_it_is_full()
    {
        await using var stage = await StartAsync();
        for (var minute = 0; minute <= 8 * 60; minute += 2)
        {
            await stage.WriteAsync($"disk,agent=a1,host=db,path=/data,fstype=xfs,device=sdb used_percent={Number(62 + (minute / 60.0))},free=500000000000i {At(stage, (minute - (8 * 60)) * 60)}");
        }

        Assert.That(stage.Transitions(), Is.EqualTo(new[] { "fs.forecast db: none -> warning, raised" }));
        Assert.That(stage.Alerts.List(new AlertFilter()).Single().Summary, Does.Match(@"^/data on db is full in 3\d hours at this rate$"));
    }

    [Test]
    public async Task A_file_system_that_turns_read_only_is_told_and_one_that_always_was_is_not()
    {
        await using var stage = await StartAsync();
        foreach (var i in Enumerable.Range(0, 3))
        {
            await stage.WriteAsync(
                $"disk,host=a,path=/,fstype=ext4 read_only={(i == 0 ? 0 : 1)}i {At(stage, i * 10)}", $"disk,host=a,path=/media,fstype=ext4 read_only=1i {At(stage, i * 10)}");
        }

        Assert.That(stage.Alerts.List(new AlertFilter()).Select(alert => alert.Summary), Is.EqualTo(new[] { "/ on a became read-only" }));
    }

    [Test]
    public async Task A_certificate_is_told_once_at_each_step()
    {
        await using var stage = await StartAsync();
        for (var day = 40.0; day > 0; day -= 0.5)
        {
            await stage.WriteAsync($"x509_cert,host=web,source=https://web/ expiry={Number(day * 86400)},verification_code=0i {At(stage, (int)((40 - day) * 2))}");
        }

        Assert.That(stage.Pages(), Has.Count.EqualTo(5));
    }

    [Test]
    public async Task Errors_of_an_interface_count_when_there_is_traffic()
    {
        await using var stage = await StartAsync();
        for (var i = 0; i <= 130; i++)
        {
            await stage.WriteAsync(
                $"net,host=busy,interface=eth0 packets_recv={i * 10000}i,packets_sent={i * 10000}i,err_in={i * 10}i,err_out=0i {At(stage, (i - 130) * 10)}",
                $"net,host=idle,interface=eth0 packets_recv={i * 10}i,packets_sent={i * 10}i,err_in={i}i,err_out=0i {At(stage, (i - 130) * 10)}");
        }

        Assert.That(stage.Transitions(), Is.EqualTo(new[] { "if.errors busy: none -> warning, raised" }));
    }

    [Test]
    public async Task A_kill_for_want_of_memory_is_told()
    {
        await using var stage = await StartAsync();
        await stage.WriteAsync($"kernel,host=a oom_kill=3i {At(stage, 0)}");
        await stage.WriteAsync($"kernel,host=a oom_kill=5i {At(stage, 10)}");

        Assert.That(stage.Alerts.List(new AlertFilter()).Single().Summary, Is.EqualTo("a killed 2 processes for want of memory"));
    }

    [Test]
    public async Task An_agent_whose_backlog_grows_old_is_told()
    {
        await using var stage = await StartAsync();
        await stage.WriteAsync($"agent,agent=a1,host=a spool_age_s=1000,dropped=0i,config_ok=1i,clock_offset_ms=3 {At(stage, 0)}");

        Assert.That(stage.Alerts.List(new AlertFilter()).Single().Summary, Is.EqualTo("agent a1 holds points 16m 40s old"));
    }

    [Test]
    public async Task A_plugin_s_own_states_are_taken_over()
    {
        await using var stage = await StartAsync();
        foreach (var i in Enumerable.Range(0, 2))
        {
            await stage.WriteAsync(
                $"nagios_state,host=a,check=check_disk state=2i,service_output=\"DISK CRITICAL\" {At(stage, i)}",
                $"nagios_state,host=a,check=check_load state=1i,service_output=\"LOAD WARNING\" {At(stage, i)}");
        }

        Assert.That(stage.Alerts.List(new AlertFilter()).Select(alert => $"{alert.Severity} {alert.Summary}"),
            Is.EquivalentTo(new[] { "Critical check_disk on a: DISK CRITICAL", "Warning check_load on a: LOAD WARNING" }));
    }

    private static Task<EngineStage> StartAsync() => EngineStage.StartAsync(
        RulePack.Text([.. Directory.EnumerateFiles(RulePack.Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file))]));

    private static string Number(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}

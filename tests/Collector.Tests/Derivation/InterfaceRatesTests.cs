using Microsoft.Extensions.DependencyInjection;
using NocMonitor.Collector.Rules.Evaluation;
using NocMonitor.Collector.Tests.Hosting;
using NocMonitor.Collector.Tests.Ingest;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Derivation;

/// <summary>Points of interfaces through the write door: what stands in the store beside their counters.</summary>
public class InterfaceRatesTests
{
    private readonly ManualTimeProvider _time = new();

    [Test]
    public async Task Rates_shares_and_percentages_of_a_line_are_stored_beside_its_counters()
    {
        await using var collector = await TestCollector.StartAsync(time: _time);
        await SendAsync(collector, 0,
            "ifSpeed=1000000000i,ifHCInOctets=0i,ifHCOutOctets=0i,ifHCInUcastPkts=0i,ifHCInMulticastPkts=0i,ifHCInBroadcastPkts=0i,ifHCOutUcastPkts=0i,ifInErrors=0i,ifOutErrors=0i,ifInDiscards=0i,ifOutDiscards=0i");

        await SendAsync(collector, 60,
            "ifSpeed=1000000000i,ifHCInOctets=3750000000i,ifHCOutOctets=750000i,ifHCInUcastPkts=5400000i,ifHCInMulticastPkts=300000i,ifHCInBroadcastPkts=297000i,ifHCOutUcastPkts=0i,ifInErrors=3000i,ifOutErrors=0i,ifInDiscards=0i,ifOutDiscards=600i");

        Assert.That(Derived(collector), Is.EqualTo(new[]
        {
            "in_bits_per_second=500000000@60", "in_discards_per_second=0@60", "in_discards_percent=0@60", "in_errors_per_second=50@60", "in_errors_percent=0.05@60",
            "in_packets_per_second=99950@60", "in_utilization=50@60", "out_bits_per_second=100000@60", "out_discards_per_second=10@60", "out_discards_percent=100@60",
            "out_errors_per_second=0@60", "out_packets_per_second=0@60", "out_utilization=0.01@60",
        }));
    }

    [Test]
    public async Task A_line_without_a_speed_has_rates_and_no_share()
    {
        await using var collector = await TestCollector.StartAsync(time: _time);
        await SendAsync(collector, 0, "ifSpeed=0i,ifHCInOctets=0i");

        await SendAsync(collector, 60, "ifSpeed=0i,ifHCInOctets=7500i");

        Assert.That(Derived(collector), Is.EqualTo(new[] { "in_bits_per_second=1000@60" }));
    }

    [Test]
    public async Task A_tunnel_carries_more_than_the_speed_it_was_given_for_its_routing()
    {
        await using var collector = await TestCollector.StartAsync(time: _time);
        await SendAsync(collector, 0, "ifType=131i,ifSpeed=9000i,ifHCInOctets=0i");

        await SendAsync(collector, 60, "ifType=131i,ifSpeed=9000i,ifHCInOctets=7500000i");

        Assert.That(Derived(collector), Is.EqualTo(new[] { "in_bits_per_second=1000000@60" }));
    }

    [Test]
    public async Task A_device_of_32_bits_has_its_rates_from_them_and_counts_multicast_and_broadcast_as_one()
    {
        await using var collector = await TestCollector.StartAsync(time: _time);
        await SendAsync(collector, 0, "ifSpeed=10000000i,ifInOctets=4294967000i,ifInUcastPkts=0i,ifInNUcastPkts=0i");

        await SendAsync(collector, 60, "ifSpeed=10000000i,ifInOctets=7204i,ifInUcastPkts=600i,ifInNUcastPkts=60i");

        Assert.That(Derived(collector), Is.EqualTo(new[] { "in_bits_per_second=1000@60", "in_packets_per_second=11@60", "in_utilization=0.01@60" }));
    }

    [TestCase("-1000i")]
    [TestCase("18446744073709550616u")]
    public async Task A_counter_beyond_the_signed_half_wraps_at_64_bits(string before)
    {
        await using var collector = await TestCollector.StartAsync(time: _time);
        await SendAsync(collector, 0, $"ifSpeed=1000000000i,ifHCInOctets={before}");

        await SendAsync(collector, 60, "ifSpeed=1000000000i,ifHCInOctets=6500i");

        Assert.That(Derived(collector), Is.EqualTo(new[] { "in_bits_per_second=1000@60", "in_utilization=0@60" }));
    }

    [Test]
    public async Task A_restart_of_the_collector_costs_no_interval_and_makes_no_spike()
    {
        using var folder = new TemporaryFolder();
        foreach (var second in new[] { 0, 60, 120, 180 })
        {
            await using var collector = await TestCollector.StartAsync(folder: folder, time: _time);
            await SendAsync(collector, second, $"ifSpeed=1000000000i,sys_uptime={(second + 1000) * 100}i,ifHCInOctets={second * 125}i");
        }

        await using var last = await TestCollector.StartAsync(folder: folder, time: _time);
        await SendAsync(last, 240, "ifSpeed=1000000000i,sys_uptime=500i,ifHCInOctets=900000i");

        Assert.That(Derived(last).Where(text => text.StartsWith("in_bits", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "in_bits_per_second=1000@60", "in_bits_per_second=1000@120", "in_bits_per_second=1000@180" }));
    }

    [Test]
    public async Task Points_that_come_again_or_late_keep_what_was_stored_and_add_nothing()
    {
        await using var collector = await TestCollector.StartAsync(time: _time);
        string[] fields = ["ifHCInOctets=0i", "ifHCInOctets=7500i", "ifHCInOctets=15000i"];
        await SendAsync(collector, 0, fields[0]);
        await SendAsync(collector, 60, fields[1]);
        await SendAsync(collector, 120, fields[2]);
        var before = StoredPoints.Of(collector);

        await SendAsync(collector, 60, fields[1]);
        await SendAsync(collector, 120, fields[2]);
        await SendAsync(collector, 30, "ifHCInOctets=9i");

        Assert.That(StoredPoints.Of(collector).Except(before).Single(), Does.Contain("ifHCInOctets=9@"));
        Assert.That(before.Except(StoredPoints.Of(collector)), Is.Empty);
    }

    [Test]
    public async Task Rules_see_the_rates_of_the_sample_they_judge()
    {
        await using var collector = await TestCollector.StartAsync(time: _time, rules:
            """{ "Rules": [ { "Name": "busy", "Measurement": "interface", "Warning": "in_utilization > 80 and ifSpeed > 0", "Summary": "{{ifName}} {{in_utilization}}" } ] }""");
        await SendAsync(collector, 0, "ifSpeed=1000000i,ifHCInOctets=0i");

        await SendAsync(collector, 60, "ifSpeed=1000000i,ifHCInOctets=6750000i");

        await collector.App.Services.GetRequiredService<RuleEngine>().FlushAsync();
        Assert.That(await collector.Client.GetStringAsync("/api/v1/alerts"), Does.Contain("eth0 90"));
    }

    [Test]
    public async Task A_sender_that_has_such_a_field_itself_is_believed()
    {
        await using var collector = await TestCollector.StartAsync(time: _time);
        await SendAsync(collector, 0, "ifHCInOctets=0i,in_bits_per_second=1");

        await SendAsync(collector, 60, "ifHCInOctets=7500i,in_bits_per_second=2");

        Assert.That(Derived(collector), Is.EqualTo(new[] { "in_bits_per_second=1@0", "in_bits_per_second=2@60" }));
    }

    [Test]
    public async Task A_field_of_another_type_under_such_a_name_costs_the_rate_and_not_the_point()
    {
        await using var collector = await TestCollector.StartAsync(time: _time);
        await SendAsync(collector, 0, "ifHCInOctets=0i,in_bits_per_second=\"many\"");

        await SendAsync(collector, 60, "ifHCInOctets=7500i");

        Assert.That(StoredPoints.Of(collector).Select(text => text.Split(' ')[1].Split('@')[0]), Is.EqualTo(new[] { "ifHCInOctets=0", "ifHCInOctets=7500", "in_bits_per_second=many" }));
    }

    [Test]
    public async Task What_was_made_and_what_was_dropped_is_counted()
    {
        await using var collector = await TestCollector.StartAsync(time: _time);
        foreach (var (second, octets) in new[] { (0, 0L), (60, 7500L), (120, 900_000_000_000L), (180, 100L) })
        {
            await SendAsync(collector, second, $"ifSpeed=1000000i,ifHCInOctets={octets}i");
        }

        var metrics = await collector.Client.GetStringAsync("/metrics");

        Assert.That(metrics, Does.Contain("nocmonitor_derivation_values_total 2").And.Contain("nocmonitor_derivation_dropped_total{reason=\"impossible\"} 1")
            .And.Contain("nocmonitor_derivation_resets_total 1"));
    }

    private async Task SendAsync(TestCollector collector, int second, string fields) =>
        Assert.That(await collector.WriteAsync($"interface,host=sw1,ifName=eth0 {fields} {_time.GetUtcNow().ToUnixTimeSeconds() + second}000000000"), Is.EqualTo(204));

    /// <summary>What was not sent as such, times as seconds of the test.</summary>
    private List<string> Derived(TestCollector collector)
    {
        var start = _time.GetUtcNow().ToUnixTimeSeconds();
        return [.. StoredPoints.Of(collector).Select(text => text[(text.IndexOf(' ', StringComparison.Ordinal) + 1)..])
            .Where(text => text.StartsWith("in_", StringComparison.Ordinal) || text.StartsWith("out_", StringComparison.Ordinal))
            .Select(text => $"{text[..text.IndexOf('@', StringComparison.Ordinal)]}@{long.Parse(text[(text.IndexOf('@', StringComparison.Ordinal) + 1)..^9], System.Globalization.CultureInfo.InvariantCulture) - start}")];
    }
}

using NocMonitor.Testing;
using NocMonitor.Testing.Snmp;

namespace NocMonitor.Probes.Tests.Snmp.Devices;

/// <summary>
/// Every recorded device, served by our simulator, polled once with the shipped profiles: each expected value stands in the point of its interface (by
/// ifIndex and name) or of its object. Integers are equal bit for bit, scaled values within 1e-4.
/// </summary>
[Category("Conformance")]
public class RecordedDeviceTests
{
    /// <summary>What cannot be met, with the reason; docs/formats/snmp-points.md lists the same.</summary>
    private static readonly Dictionary<string, string> Unmet = [];

    private const string Patience = """, "Concurrency": 2, "Timeout": "20s", "Retries": 1""";

    [Test, CancelAfter(60_000)]
    public async Task Each_recorded_value_is_what_one_poll_stores(CancellationToken token)
    {
        var checks = RecordedChecks.Load();
        await using var simulator = new SnmpSimulator();
        var devices = RecordedChecks.Devices
            .Select(name => (Name: name, Device: simulator.Add(SnmpRecording.Load(RecordedChecks.FileOf(name)))))
            .Select(served => (served.Name, served.Device.EndPoint.Address.ToString(), served.Device.EndPoint.Port, "public")).ToList();

        var polled = await PolledDevices.PollAsync(devices, token);

        var failures = checks.Select(check => (Check: check, Failure: RecordedConformance.FailureOf(polled, check))).Where(result => result.Failure is not null).ToList();
        TestContext.Out.WriteLine($"{checks.Count - failures.Count} of {checks.Count}");
        TestContext.Out.WriteLine(string.Join('\n', failures.Select(result => $"{result.Check}: {result.Failure}")));
        Assert.That(failures.Where(result => !Unmet.ContainsKey($"{result.Check.Device} {result.Check.Oid}")).Select(result => $"{result.Check}: {result.Failure}"), Is.Empty);
        Assert.That(Unmet.Keys, Is.SubsetOf(failures.Select(result => $"{result.Check.Device} {result.Check.Oid}")), "listed as unmet, but met");
    }

    /// <summary>The same by a server that is not ours, one process for all recordings. It answers a few hundred requests a second, one after the other, so it is given time.</summary>
    [Test, CancelAfter(300_000)]
    public async Task Devices_served_by_snmpsim_give_the_same(CancellationToken token)
    {
        var checks = RecordedChecks.Load();
        using var cache = new TemporaryFolder();
        using var simulator = await SnmpSimDaemon.StartAsync(RecordedChecks.Folder, cache, token);
        var started = TimeProvider.System.GetTimestamp();

        var polled = await PolledDevices.PollAsync(RecordedChecks.Devices.Select(name => (name, "127.0.0.1", simulator.EndPoint.Port, name)), token, Patience);

        TestContext.Out.WriteLine($"polled in {TimeProvider.System.GetElapsedTime(started)}");
        var failures = checks.Select(check => (Check: check, Failure: RecordedConformance.FailureOf(polled, check))).Where(result => result.Failure is not null);
        Assert.That(checks, Has.Count.EqualTo(4737));
        Assert.That(failures.Where(result => !Unmet.ContainsKey($"{result.Check.Device} {result.Check.Oid}")).Select(result => $"{result.Check}: {result.Failure}"), Is.Empty);
    }
}

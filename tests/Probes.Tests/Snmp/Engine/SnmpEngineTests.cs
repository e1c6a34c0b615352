using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Testing.Snmp;

namespace NocMonitor.Probes.Tests.Snmp.Engine;

/// <summary>The engine against a device that behaves.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class SnmpEngineTests
{
    private readonly EngineBench _bench = new();

    [TearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [TestCase(SnmpVersion.V1)]
    [TestCase(SnmpVersion.V2c)]
    [CancelAfter(30_000)]
    public async Task Get_gives_a_value_for_each_name_in_order(SnmpVersion version, CancellationToken token)
    {
        var (_, device) = _bench.Add(SwitchRecording.Of(ports: 2), version);

        var answer = await device.GetAsync([Oid.Parse("1.3.6.1.2.1.1.5.0"), Oid.Parse("1.3.6.1.2.1.1.99.0"), Oid.Parse("1.3.6.1.2.1.1.3.0")], token);

        Assert.That((answer.Outcome, string.Join(", ", answer.Values)), Is.EqualTo((SnmpOutcome.Answered, "switch, no such object, 4200")));
        Assert.That(answer.Effort.FirstAnswer, Is.Not.Null);
    }

    [TestCase(SnmpVersion.V1)]
    [TestCase(SnmpVersion.V2c)]
    [CancelAfter(30_000)]
    public async Task A_walk_hands_over_every_row_of_every_column(SnmpVersion version, CancellationToken token)
    {
        var (_, device) = _bench.Add(SwitchRecording.Of(ports: 48), version);
        var rows = new RecordedRows();

        var result = await device.WalkAsync(SwitchRecording.Columns(version != SnmpVersion.V1), rows, WalkLimits.Usual, token);

        Assert.That((result.Outcome, result.Error, result.Warnings), Is.EqualTo((SnmpOutcome.Answered, "", Array.Empty<string>())));
        Assert.That(rows.All, Is.EquivalentTo(SwitchRecording.Rows(48, version != SnmpVersion.V1)));
        Assert.That(result.Effort.Varbinds, Is.EqualTo(rows.All.Count));
        TestContext.Out.WriteLine(result.Effort);
    }
}

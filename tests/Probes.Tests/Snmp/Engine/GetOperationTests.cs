using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Testing.Snmp;

namespace NocMonitor.Probes.Tests.Snmp.Engine;

/// <summary>Gets of many scalars, through the engine.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(30_000)]
public class GetOperationTests
{
    private const int Count = 100;
    private static readonly Oid[] Names = [.. Enumerable.Range(1, Count).Select(i => Oid.Parse($"1.3.6.1.4.1.99.{i}.0"))];
    private static readonly SnmpRecording Recording = SnmpRecording.Parse(string.Join('\n', Enumerable.Range(1, Count).Select(i => $"1.3.6.1.4.1.99.{i}.0|2|{i}")));

    private readonly EngineBench _bench = new();

    [TearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [TestCase(0, 4, TestName = "Scalars_are_packed_into_few_requests")]
    [TestCase(400, 12, TestName = "Into_smaller_ones_when_the_device_says_tooBig")]
    public async Task Packing(int tooBigAbove, int mostRequests, CancellationToken token)
    {
        var (peer, device) = _bench.Add(Recording);
        peer.Faults.TooBigAbove = tooBigAbove;

        var answer = await device.GetAsync(Names, token);

        Assert.That(answer.Values.Select(value => value.ToString()), Is.EqualTo(Enumerable.Range(1, Count).Select(i => $"{i}")));
        Assert.That(answer.Effort.Requests, Is.LessThanOrEqualTo(mostRequests));
    }

    [Test]
    public async Task In_version_1_a_missing_name_costs_one_more_request_and_is_no_such_object(CancellationToken token)
    {
        var (peer, device) = _bench.Add(Recording, SnmpVersion.V1);
        peer.Remove("1.3.6.1.4.1.99.7");
        peer.Remove("1.3.6.1.4.1.99.50");

        var answer = await device.GetAsync(Names, token);

        Assert.That(answer.IsAnswered, Is.True);
        Assert.That(answer.Values.Where(value => value.Type == SnmpType.NoSuchObject).Count(), Is.EqualTo(2));
        Assert.That(answer.Values.Where(value => value.Type == SnmpType.Integer).Count(), Is.EqualTo(Count - 2));
        Assert.That(answer.Effort.Requests, Is.LessThanOrEqualTo(6));
    }

    [Test]
    public async Task A_value_that_the_device_cannot_read_is_left_out_with_a_warning(CancellationToken token)
    {
        var (peer, device) = _bench.Add(Recording);
        peer.Faults.GenErrUnder = "1.3.6.1.4.1.99.30";

        var answer = await device.GetAsync(Names, token);

        Assert.That((answer.IsAnswered, answer.Values[29].Type), Is.EqualTo((true, SnmpType.Null)));
        Assert.That(answer.Values.Where(value => value.Type == SnmpType.Integer).Count(), Is.EqualTo(Count - 1));
        Assert.That(answer.Warnings, Is.EqualTo(new[] { "1.3.6.1.4.1.99.30.0: the device answers genErr" }));
    }

    [Test]
    public async Task A_value_larger_than_the_device_sends_costs_only_itself(CancellationToken token)
    {
        var (peer, device) = _bench.Add(Recording);
        peer.Set($"1.3.6.1.4.1.99.30.0|4|{new string('x', 600)}");
        peer.Faults.TooBigAbove = 484;

        var answer = await device.GetAsync(Names, token);

        Assert.That(answer.Values.Where(value => value.Type == SnmpType.Integer).Count(), Is.EqualTo(Count - 1));
        Assert.That(answer.Warnings, Is.EqualTo(new[] { "1.3.6.1.4.1.99.30.0: the value does not fit the device's messages" }));
    }

    [Test]
    public async Task Names_as_long_as_names_can_be_are_asked_for(CancellationToken token)
    {
        var longest = Oid.Parse("1.3." + string.Join('.', Enumerable.Repeat(uint.MaxValue, 126)));
        var (_, device) = _bench.Add(Recording, options: new SnmpRequestOptions { MessageSize = 484 });

        var answer = await device.GetAsync([longest, Names[0], longest.Append(), Names[1]], token);

        Assert.That(answer.Values.Select(value => value.ToString()), Is.EqualTo(new[] { "no such object", "1", "no such object", "2" }));
    }
}

using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Testing.Snmp;

namespace NocMonitor.Probes.Tests.Snmp.Engine;

/// <summary>The engine against devices that misbehave in answering at once: no time needs to pass.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class SnmpEngineFaultTests
{
    private const int Ports = 24;
    private static readonly SnmpRecording Recording = SwitchRecording.Of(Ports);

    private readonly EngineBench _bench = new();
    private readonly RecordedRows _rows = new();

    [TearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [TestCase(500, TestName = "Above_500_bytes")]
    [TestCase(120, TestName = "Above_120_bytes")]
    [CancelAfter(30_000)]
    public async Task A_device_that_says_tooBig_is_walked_in_smaller_pieces_and_that_is_remembered(int limit, CancellationToken token)
    {
        var (peer, device) = _bench.Add(Recording);
        peer.Faults.TooBigAbove = limit;

        var first = await WalkAsync(device, token);
        var before = peer.Asked;
        var second = await device.WalkAsync(SwitchRecording.Columns(), new RecordedRows(), WalkLimits.Usual, token);

        AssertComplete(first);
        Assert.That(second.IsComplete, Is.True);
        Assert.That(second.Effort.Requests, Is.LessThanOrEqualTo(first.Effort.Requests));
        Assert.That(peer.Asked, Is.EqualTo(before + second.Effort.Requests));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_device_that_shortens_its_answers_is_asked_for_hardly_more_than_it_gives(CancellationToken token)
    {
        var (peer, device) = _bench.Add(Recording);
        peer.Faults.MostVarbinds = 5;

        AssertComplete(await WalkAsync(device, token));
        peer.TakeRequest();
        while (peer.TakeRequest() is { } seen)
        {
            Assert.That(seen.Names.Count * seen.MaxRepetitions, Is.LessThanOrEqualTo(6));
        }
    }

    /// <summary>A GetBulk at the end of all names may be answered by one varbind instead of fifty (RFC 3416 section 4.2.3).</summary>
    [Test, CancelAfter(30_000)]
    public async Task A_table_behind_the_last_name_of_a_device_teaches_nothing_about_the_others(CancellationToken token)
    {
        var (peer, device) = _bench.Add(Recording);
        var expected = (await device.WalkAsync(SwitchRecording.Columns(), _rows, WalkLimits.Usual, token)).Effort.Requests;
        var other = _bench.Open(peer);

        var empty = await other.WalkAsync([Oid.Parse("1.3.6.1.4.1.9.9.1.1")], new RecordedRows(), WalkLimits.Usual, token);
        var walk = await other.WalkAsync(SwitchRecording.Columns(), new RecordedRows(), WalkLimits.Usual, token);

        Assert.That((empty.Outcome, empty.Effort.Varbinds), Is.EqualTo((SnmpOutcome.Answered, 0)));
        Assert.That(walk.Effort.Requests, Is.EqualTo(expected));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_table_of_long_texts_has_no_say_in_how_a_narrow_one_is_asked_for(CancellationToken token)
    {
        var long300 = new string('x', 300);
        var texts = string.Concat(Enumerable.Range(1, 40).Select(row => $"1.3.6.1.4.1.9.1.1.1.{row}|4|{long300}\n"));
        var numbers = string.Concat(Enumerable.Range(1, 40).Select(row => $"1.3.6.1.4.1.9.2.1.1.{row}|2|{row}\n"));
        var (peer, device) = _bench.Add(SnmpRecording.Parse(texts + numbers));
        peer.Faults.LargestMessage = 1400;

        var wide = await device.WalkAsync([Oid.Parse("1.3.6.1.4.1.9.1.1.1")], new RecordedRows(), WalkLimits.Usual, token);
        var narrow = await device.WalkAsync([Oid.Parse("1.3.6.1.4.1.9.2.1.1")], _rows, WalkLimits.Usual, token);
        var again = await device.WalkAsync([Oid.Parse("1.3.6.1.4.1.9.1.1.1")], new RecordedRows(), WalkLimits.Usual, token);

        Assert.That(wide.Effort.Requests, Is.GreaterThan(5));
        Assert.That((narrow.Effort.Requests, _rows.All.Count), Is.EqualTo((1, 40)));
        Assert.That(again.Effort.Requests, Is.EqualTo(11), "four rows of 310 bytes fit 1,400, and one request more for the end");
    }

    [Test, CancelAfter(30_000)]
    public async Task Answers_cut_off_on_their_way_are_asked_for_again_in_smaller_pieces(CancellationToken token)
    {
        var (peer, device) = _bench.Add(Recording);
        peer.Faults.CutsAt = 700;

        AssertComplete(await WalkAsync(device, token));
        Assert.That(_bench.Engine.Counters.Malformed, Is.GreaterThan(0));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_device_that_fails_at_bulk_is_walked_by_GetNext_and_that_is_remembered(CancellationToken token)
    {
        var (peer, device) = _bench.Add(Recording);
        peer.Faults.GenErrOnBulk = true;

        AssertComplete(await WalkAsync(device, token));
        while (peer.TakeRequest() is not null)
        {
            // Those of the first walk.
        }

        await device.WalkAsync([Oid.Parse("1.3.6.1.2.1.2.2.1.2")], new RecordedRows(), WalkLimits.Usual, token);

        Assert.That((await peer.NextRequestAsync(token)).Kind, Is.EqualTo("GetNext"));
    }

    [TestCase(SnmpVersion.V1)]
    [TestCase(SnmpVersion.V2c)]
    [CancelAfter(30_000)]
    public async Task Names_that_do_not_increase_end_their_column_with_a_warning(SnmpVersion version, CancellationToken token)
    {
        var (peer, device) = _bench.Add(Recording, version);
        peer.Faults.NotIncreasingUnder = "1.3.6.1.2.1.2.2.1.10";

        var result = await device.WalkAsync(SwitchRecording.Columns(extended: false), _rows, WalkLimits.Usual, token);

        Assert.That(result.IsComplete, Is.True);
        Assert.That(result.Warnings.Single(), Does.StartWith("1.3.6.1.2.1.2.2.1.10: the device's names do not increase"));
        Assert.That(_rows.All, Has.Count.EqualTo((21 * Ports) + 1));
    }

    [Test, CancelAfter(30_000)]
    public async Task An_endless_table_ends_at_the_limit_of_rows(CancellationToken token)
    {
        var (peer, device) = _bench.Add(Recording);
        peer.Faults.EndlessUnder = "1.3.6.1.2.1.2.2.1.22";

        var result = await device.WalkAsync([Oid.Parse("1.3.6.1.2.1.2.2.1.22"), Oid.Parse("1.3.6.1.2.1.2.2.1.2")], _rows, new WalkLimits { Rows = 100 }, token);

        Assert.That((result.IsComplete, _rows.All.Count), Is.EqualTo((true, 100 + Ports)));
        Assert.That(result.Warnings, Is.EqualTo(new[] { "1.3.6.1.2.1.2.2.1.22: has more than 100 rows; the rest was left out" }));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_walk_ends_at_its_limit_of_values(CancellationToken token)
    {
        var (peer, device) = _bench.Add(Recording);
        peer.Faults.EndlessUnder = "1.3.6.1.2.1.2.2.1.22";

        var result = await device.WalkAsync([Oid.Parse("1.3.6.1.2.1.2.2.1.22")], _rows, new WalkLimits { Varbinds = 1000 }, token);

        Assert.That((result.Outcome, result.Error, _rows.All.Count), Is.EqualTo((SnmpOutcome.LimitReached, "the walk was stopped after 1000 values", 1000)));
    }

    [TestCase(SnmpVersion.V1)]
    [TestCase(SnmpVersion.V2c)]
    [CancelAfter(30_000)]
    public async Task A_column_that_the_device_cannot_read_ends_with_a_warning_and_the_others_are_whole(SnmpVersion version, CancellationToken token)
    {
        var (peer, device) = _bench.Add(Recording, version);
        peer.Faults.GenErrUnder = "1.3.6.1.2.1.2.2.1.9";

        var result = await device.WalkAsync(SwitchRecording.Columns(extended: false), _rows, WalkLimits.Usual, token);

        Assert.That((result.IsComplete, _rows.All.Count), Is.EqualTo((true, 21 * Ports)));
        // What follows column 8 is column 9, which cannot be read either.
        Assert.That(result.Warnings, Is.EqualTo(new[]
        {
            "1.3.6.1.2.1.2.2.1.9: the device answers genErr after 1.3.6.1.2.1.2.2.1.9; the column was ended there",
            "1.3.6.1.2.1.2.2.1.8: the device answers genErr after 1.3.6.1.2.1.2.2.1.8.24; the column was ended there",
        }));
        if (version != SnmpVersion.V1)
        {
            Assert.That(result.Effort.Requests, Is.LessThan(3 * Ports));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Garbage_and_empty_answers_fail_what_was_asked_and_nothing_else(CancellationToken token)
    {
        var (garbage, first) = _bench.Add(Recording);
        var (empty, second) = _bench.Add(Recording);
        var (_, healthy) = _bench.Add(Recording);
        garbage.Faults.Garbage = true;
        empty.Faults.NothingInside = true;

        var results = await Task.WhenAll(WalkAsync(first, token), WalkAsync(second, token), WalkAsync(healthy, token));

        Assert.That(results.Select(result => result.Outcome), Is.EqualTo(new[] { SnmpOutcome.Malformed, SnmpOutcome.Malformed, SnmpOutcome.Answered }));
        Assert.That(results.Select(result => result.Error).Take(2), Is.EqualTo(new[]
        {
            "the device's answers cannot be read", "the device's answers hold nothing that was asked for",
        }));
        Assert.That(_bench.Engine.Counters.Malformed, Is.EqualTo(3));
    }

    [Test, CancelAfter(30_000)]
    public async Task Answers_that_come_twice_count_once(CancellationToken token)
    {
        var (peer, device) = _bench.Add(Recording);
        peer.Faults.Duplicates = 2;

        AssertComplete(await WalkAsync(device, token));
        await device.GetAsync([Oid.Parse("1.3.6.1.2.1.1.5.0")], token);

        var counters = _bench.Engine.Counters;
        Assert.That(counters.Answers, Is.EqualTo(counters.Requests));
        Assert.That(counters.Late, Is.GreaterThanOrEqualTo(2 * (counters.Requests - 1)));
    }

    [Test, CancelAfter(30_000)]
    public async Task What_the_sink_throws_reaches_the_caller_and_the_device_is_asked_on(CancellationToken token)
    {
        var (_, device) = _bench.Add(Recording);
        var sink = new RecordedRows { OnRow = () => throw new InvalidDataException("no more") };

        Assert.That(async () => await device.WalkAsync(SwitchRecording.Columns(), sink, WalkLimits.Usual, token), Throws.TypeOf<InvalidDataException>());

        AssertComplete(await WalkAsync(device, token));
    }

    private async Task<WalkResult> WalkAsync(SnmpDevice device, CancellationToken token) =>
        await device.WalkAsync(SwitchRecording.Columns(), _rows, WalkLimits.Usual, token);

    private void AssertComplete(WalkResult result)
    {
        Assert.That((result.Outcome, result.Error), Is.EqualTo((SnmpOutcome.Answered, "")));
        Assert.That(result.Warnings, Is.Empty);
        Assert.That(_rows.All, Is.EquivalentTo(SwitchRecording.Rows(Ports)));
    }
}

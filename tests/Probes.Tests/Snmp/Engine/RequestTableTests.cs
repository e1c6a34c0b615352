using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Testing.Snmp;

namespace NocMonitor.Probes.Tests.Snmp.Engine;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class RequestTableTests
{
    private readonly EngineBench _bench = new();
    private readonly RequestTable _table = new(new Random(3));
    private readonly SnmpOperation _operation;

    public RequestTableTests() => _operation = new GetOperation(_bench.Add(SwitchRecording.Of(1)).Device, _bench.Time, []);

    [TearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [Test]
    public void Ids_are_positive_unique_and_found()
    {
        var requests = Enumerable.Range(0, 5000).Select(_ => _table.Rent(_operation)).ToList();

        Assert.That(requests.Select(request => request.Id), Is.Unique.And.All.Positive);
        Assert.That(requests.Select(request => _table.Find(request.Id, out _)), Is.EqualTo(requests));
        Assert.That(_table.Count, Is.EqualTo(5000));
    }

    [Test]
    public void An_id_that_is_over_is_known_as_such_and_finds_nothing()
    {
        var id = _table.Rent(_operation) is var request ? request.Id : 0;
        _table.Return(request);
        var again = _table.Rent(_operation);

        var found = _table.Find(id, out var wasAsked);

        Assert.That((found, wasAsked, again.Id == id), Is.EqualTo(((PendingRequest?)null, true, false)));
    }

    [TestCase(-1)]
    [TestCase(0)]
    [TestCase(int.MaxValue)]
    [TestCase(int.MinValue)]
    public void Ids_that_were_never_asked_find_nothing(int id)
    {
        _table.Rent(_operation);

        var found = _table.Find(id, out var wasAsked);

        Assert.That((found, wasAsked), Is.EqualTo(((PendingRequest?)null, false)));
    }

    [Test]
    public void Generations_go_round_without_ever_being_zero()
    {
        var ids = new HashSet<int>();
        for (var i = 0; i < 40_000; i++)
        {
            var request = _table.Rent(_operation);
            Assert.That(request.Generation, Is.InRange(1, (1 << 15) - 1));
            ids.Add(request.Id);
            _table.Return(request);
        }

        Assert.That(ids, Has.Count.EqualTo((1 << 15) - 1));
    }

    [Test]
    public void The_window_counts_what_was_sent_a_moment_ago_and_is_not_answered()
    {
        var window = new SendWindow(size: 2, moment: 10);
        var requests = Enumerable.Range(0, 3).Select(_ => _table.Rent(_operation)).ToList();
        var room = new List<bool>();

        window.Add(requests[0], now: 0);
        window.Add(requests[1], now: 5);
        room.Add(window.HasRoom);
        window.Age(now: 9);
        room.Add(window.HasRoom);
        window.Remove(requests[1]);
        room.Add(window.HasRoom);
        window.Add(requests[2], now: 9);
        room.Add(window.HasRoom);
        window.Age(now: 10);
        room.Add(window.HasRoom);
        window.Remove(requests[0]);
        window.Age(now: 19);

        Assert.That(room, Is.EqualTo(new[] { false, false, true, false, true }));
        Assert.That((window.HasRoom, window.RoomAt), Is.EqualTo((true, long.MinValue)));
    }

    [Test]
    public void Names_of_columns_are_kept_however_long_they_grow()
    {
        var names = new NameTable(3);
        var expected = new byte[3][];
        var random = new Random(5);
        for (var i = 0; i < 300; i++)
        {
            var column = random.Next(3);
            expected[column] = new byte[random.Next(i + 1)];
            random.NextBytes(expected[column]);
            names.Set(column, expected[column]);
        }

        Assert.That(Enumerable.Range(0, 3).Select(column => names[column].ToArray()), Is.EqualTo(expected));
    }
}

namespace NocMonitor.Agent.Tests.Delivery;

public class SpoolDamageTests
{
    private static readonly string[] Written = ["a f=1 1", "b,t=x f=2 2", "c f=\"three\" 3"];

    private SpoolStage _stage = null!;

    [SetUp]
    public void Build()
    {
        _stage = new SpoolStage();
        foreach (var line in Written)
        {
            _stage.Append(line);
        }
    }

    [TearDown]
    public void Clear() => _stage.Dispose();

    [Test]
    public void Every_prefix_of_a_segment_opens_with_its_whole_records_and_takes_new_ones()
    {
        var whole = File.ReadAllBytes(_stage.Segments[0]);
        for (var length = 0; length <= whole.Length; length++)
        {
            var prefix = whole[..length];
            _stage.Reopen(folder => Restore(folder, prefix));
            var kept = _stage.DeliverAll();
            _stage.Append("new f=1 9");

            Assert.That(kept, Is.EqualTo(Written[..kept.Count]), $"prefix of {length} bytes");
            Assert.That(kept, Has.Count.EqualTo(WholeRecords(whole, length)), $"prefix of {length} bytes");
            Assert.That(_stage.DeliverAll(), Is.EqualTo(new[] { "new f=1 9" }), $"prefix of {length} bytes");
        }
    }

    [Test]
    public void No_byte_that_turned_brings_a_wrong_line_or_stops_the_agent()
    {
        var whole = File.ReadAllBytes(_stage.Segments[0]);
        for (var at = 0; at < whole.Length; at++)
        {
            var harmed = whole.ToArray();
            harmed[at] ^= 0x41;
            _stage.Reopen(folder => Restore(folder, harmed));

            Assert.That(_stage.DeliverAll(), Is.SubsetOf(Written), $"byte {at}");
        }
    }

    [Test]
    public void A_torn_tail_is_set_aside_and_said_so()
    {
        _stage.Reopen(_ => Truncate(_stage.Segments[0], by: 3));

        Assert.That(_stage.Log, Has.Exactly(1).Contains("Torn"));
        Assert.That(Directory.GetFiles(Path.Combine(_stage.Folder, "torn")), Has.Length.EqualTo(1));
        Assert.That(_stage.Counters.SpoolErrors, Is.EqualTo(1));
    }

    [Test]
    public void Damage_in_an_older_file_costs_the_rest_of_that_file_only()
    {
        for (var i = 0; i < 200; i++)
        {
            _stage.Append($"a f=\"{new string('x', 1000)}\" {i}");
        }

        var second = _stage.Segments[1];
        _stage.Reopen(_ => Harm(second, offset: 30_000));
        var delivered = _stage.DeliverAll();

        Assert.That(delivered, Has.Count.LessThan(203).And.Count.GreaterThan(150));
        Assert.That(delivered[^1], Does.EndWith(" 199"));
    }

    [Test]
    public void A_file_that_is_not_a_segment_is_set_aside_whole()
    {
        _stage.Reopen(folder => File.WriteAllText(Path.Combine(folder, "0000000009.seg"), "something else"));

        Assert.That(_stage.DeliverAll(), Is.EqualTo(Written));
        Assert.That(Directory.GetFiles(Path.Combine(_stage.Folder, "torn")), Has.Length.EqualTo(1));
    }

    [Test]
    public void Every_damage_to_the_cursor_sends_points_twice_and_never_loses_one()
    {
        _stage.Spool.Acknowledge(_stage.Take(maxBytes: 10));
        var cursor = Path.Combine(_stage.Folder, "cursor");
        var whole = File.ReadAllBytes(cursor);
        for (var length = 0; length <= whole.Length * 2; length++)
        {
            var harmed = length <= whole.Length ? whole[..length] : whole.ToArray();
            if (length > whole.Length)
            {
                harmed[length - whole.Length - 1] ^= 0x20;
            }

            _stage.Reopen(_ => File.WriteAllBytes(cursor, harmed));

            Assert.That(_stage.Peek(), Is.EqualTo(Written).Or.EqualTo(Written[1..]), $"case {length}");
        }
    }

    [Test]
    public void A_cursor_that_points_past_the_files_sends_nothing_twice_and_takes_new_points()
    {
        _stage.DeliverAll();
        _stage.Reopen(_ => _stage.Segments.ToList().ForEach(File.Delete));
        _stage.Append("new f=1 9");

        Assert.That(_stage.DeliverAll(), Is.EqualTo(new[] { "new f=1 9" }));
    }

    [Test]
    public void At_most_eight_torn_files_are_kept()
    {
        for (var i = 0; i < 12; i++)
        {
            _stage.Append($"a f={i} {i}");
            _stage.Reopen(_ => Truncate(_stage.Segments[^1], by: 1));
        }

        Assert.That(Directory.GetFiles(Path.Combine(_stage.Folder, "torn")), Has.Length.LessThanOrEqualTo(8));
    }

    private static void Restore(string folder, byte[] segment)
    {
        Directory.GetFiles(folder).ToList().ForEach(File.Delete);
        File.WriteAllBytes(Path.Combine(folder, "0000000001.seg"), segment);
    }

    private static int WholeRecords(byte[] segment, int length)
    {
        var records = 0;
        for (var end = 16; end < length;)
        {
            end += 20 + BitConverter.ToInt32(segment, end + 4);
            records += end <= length ? 1 : 0;
        }

        return records;
    }

    private static void Truncate(string file, int by)
    {
        using var stream = new FileStream(file, FileMode.Open);
        stream.SetLength(stream.Length - by);
    }

    private static void Harm(string file, int offset)
    {
        using var stream = new FileStream(file, FileMode.Open);
        stream.Position = offset;
        stream.WriteByte(0xFF);
    }
}

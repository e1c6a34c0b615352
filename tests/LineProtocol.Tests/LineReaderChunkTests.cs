using System.Text;

namespace NocMonitor.LineProtocol.Tests;

public sealed class LineReaderChunkTests
{
    private const string Mixed =
        "# first\nm,a=b v=1 1\r\n\nbad line\nm v=\"two\nlines\",w=2i 2\nm,\\ x=y v=t\n  m v=\"lost quote\nm v=3\nüber,t=1 v=\"\\\"\\\\\" 4\n\tm v=1\nm v=5 x\nlast v=6";

    private static readonly LineLimits Small = new() { MaxLineBytes = 24 };

    [Test]
    public void Every_prefix_and_its_rest_give_what_the_whole_gives([Values] bool small)
    {
        var text = Encoding.UTF8.GetBytes(Mixed);
        var limits = small ? Small : null;
        var whole = Reading.Lines(text, limits: limits);

        for (var cut = 0; cut <= text.Length; cut++)
        {
            Assert.That(ReadInChunks(text, [cut], limits), Is.EqualTo(whole), () => $"cut at {cut}");
        }
    }

    [Test]
    public void Chunks_of_any_size_give_what_the_whole_gives([Range(1, 12)] int size, [Values] bool small)
    {
        var text = Encoding.UTF8.GetBytes(Mixed);
        var limits = small ? Small : null;

        var lines = ReadInChunks(text, Enumerable.Repeat(size, text.Length), limits);

        Assert.That(lines, Is.EqualTo(Reading.Lines(text, limits: limits)));
    }

    [Test]
    public void No_prefix_of_a_text_breaks_the_reader()
    {
        var text = Encoding.UTF8.GetBytes(Mixed);

        for (var cut = 0; cut <= text.Length; cut++)
        {
            Assert.That(Reading.Lines(text[..cut]), Has.Count.LessThanOrEqualTo(12));
        }
    }

    [Test]
    public void An_unfinished_line_is_left_for_the_next_chunk()
    {
        var reader = new LineReader(new LineScratch(), "m v=1\nm v=2"u8, isFinal: false);

        Assert.That(reader.Read(), Is.True);
        Assert.That(reader.Read(), Is.False);
        Assert.That(reader.Consumed, Is.EqualTo(6));
    }

    [Test]
    public void A_line_that_is_too_long_is_bad_and_passed_over_whole([Values(1, 7, 1000)] int size)
    {
        var text = Encoding.UTF8.GetBytes($"m v=1\nm s=\"{new string('x', 100)}\"\nm v=2\nm {new string('y', 100)}\n#{new string('c', 100)}\nm v=oops\n");

        var lines = ReadInChunks(text, Enumerable.Repeat(size, text.Length), Small);

        Assert.That(lines, Has.Count.EqualTo(6));
        Assert.That(lines[0], Is.EqualTo("m|v:Float=1|"));
        Assert.That(lines[1], Does.StartWith("line 2, column "));
        Assert.That(lines[2], Is.EqualTo("m|v:Float=2|"));
        Assert.That(lines[3], Is.EqualTo("line 4, column 1: longer than 24 bytes"));
        Assert.That(lines[4], Is.EqualTo("line 5, column 1: longer than 24 bytes"));
        Assert.That(lines[5], Does.StartWith("line 6, column 5: 'oops'"));
    }

    [Test]
    public void What_must_be_kept_for_the_next_chunk_is_never_longer_than_a_line_may_be()
    {
        var scratch = new LineScratch();
        var endless = Encoding.UTF8.GetBytes("m s=\"" + new string('x', 500));

        var reader = new LineReader(scratch, endless, isFinal: false, limits: Small);

        Assert.That(reader.Read(), Is.True);
        Assert.That(reader.IsGood, Is.False);
        Assert.That(reader.Read(), Is.False);
        Assert.That(reader.Consumed, Is.EqualTo(endless.Length));
    }

    [Test]
    public void A_scratch_serves_one_text_after_the_other()
    {
        var scratch = new LineScratch();

        for (var i = 0; i < 2; i++)
        {
            var lines = new List<string>();
            var reader = new LineReader(scratch, "m v=1\nbad"u8);
            Reading.Collect(ref reader, lines);
            Assert.That(lines[1], Does.StartWith("line 2,"));
        }
    }

    /// <summary>Feeds the text as a socket would: each chunk is what was left of the last and some more.</summary>
    private static List<string> ReadInChunks(byte[] text, IEnumerable<int> sizes, LineLimits? limits)
    {
        var lines = new List<string>();
        var scratch = new LineScratch();
        int start = 0, end = 0;
        foreach (var size in sizes.TakeWhile(_ => end < text.Length))
        {
            end = Math.Min(end + size, text.Length);
            var chunk = new LineReader(scratch, text.AsSpan(start..end), isFinal: false, limits: limits);
            Collect(ref chunk, lines);
            start += chunk.Consumed;
        }

        var rest = new LineReader(scratch, text.AsSpan(start), isFinal: true, limits: limits);
        Collect(ref rest, lines);
        return lines;
    }

    private static void Collect(ref LineReader reader, List<string> lines) => Reading.Collect(ref reader, lines);
}

using System.Buffers;
using System.Text;

namespace NocMonitor.LineProtocol.Tests;

public sealed class SequenceLinesTests
{
    private const string Mixed =
        "# first\nm,a=b v=1 1\r\n\nbad line\nm v=\"two\nlines\nthree\",w=2i 2\nm,\\ x=y v=t\n  m v=\"lost quote\nm v=3\nüber,t=1 v=\"\\\"\\\\\" 4\n\tm v=1\nm v=5 x\nlast v=6";

    private static readonly byte[] Text = Encoding.UTF8.GetBytes(Mixed);
    private static readonly LineLimits Small = new() { MaxLineBytes = 24 };

    [Test]
    public void A_text_split_anywhere_gives_what_the_whole_gives([Values] bool small)
    {
        var limits = small ? Small : null;
        var whole = Reading.Lines(Text, limits: limits);

        for (var cut = 0; cut <= Text.Length; cut++)
        {
            Assert.That(Read(Sequence(Text[..cut], Text[cut..]), limits), Is.EqualTo(whole), () => $"cut at {cut}");
        }
    }

    [Test]
    public void Segments_of_any_size_give_what_the_whole_gives([Range(1, 12)] int size, [Values] bool small)
    {
        var limits = small ? Small : null;

        var lines = Read(Sequence([.. Text.Chunk(size), []]), limits);

        Assert.That(lines, Is.EqualTo(Reading.Lines(Text, limits: limits)));
    }

    [Test]
    public void A_pipe_that_fills_up_byte_by_byte_gives_what_the_whole_gives()
    {
        var lines = new List<string>();
        var reader = new SequenceLines(new LineScratch());
        var start = 0;
        for (var end = 0; end <= Text.Length; end++)
        {
            var sequence = Sequence([.. Text[start..end].Chunk(3)]);
            var position = reader.Read(sequence, end == Text.Length, TimePrecision.Nanoseconds, (ref LineReader line) => Add(ref line, lines));
            start += (int)sequence.Slice(0, position).Length;
        }

        Assert.That(lines, Is.EqualTo(Reading.Lines(Text)));
        Assert.That(start, Is.EqualTo(Text.Length));
    }

    [Test]
    public void The_unfinished_line_is_left()
    {
        var sequence = Sequence("m v=1\nm v"u8.ToArray(), "=2\nm v=3"u8.ToArray());

        var end = new SequenceLines(new LineScratch()).Read(sequence, isFinal: false, TimePrecision.Nanoseconds, (ref LineReader _) => { });

        Assert.That(sequence.Slice(end).ToArray(), Is.EqualTo("m v=3"u8.ToArray()));
    }

    [Test]
    public void An_empty_sequence_has_no_lines()
    {
        Assert.That(Read(ReadOnlySequence<byte>.Empty, null), Is.Empty);
    }

    private static List<string> Read(ReadOnlySequence<byte> text, LineLimits? limits)
    {
        var lines = new List<string>();
        new SequenceLines(new LineScratch(), limits).Read(text, isFinal: true, TimePrecision.Nanoseconds, (ref LineReader line) => Add(ref line, lines));
        return lines;
    }

    private static void Add(ref LineReader line, List<string> lines) => lines.Add(line.IsGood ? Reading.Describe(line.ToPoint()) : line.Error.ToString());

    private static ReadOnlySequence<byte> Sequence(params byte[][] parts)
    {
        if (parts.Length == 0)
        {
            return ReadOnlySequence<byte>.Empty;
        }

        var first = new Segment(parts[0], null);
        var last = parts.Skip(1).Aggregate(first, (segment, part) => new Segment(part, segment));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes, Segment? before)
        {
            Memory = bytes;
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }
}

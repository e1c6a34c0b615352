using System.Text;
using NocMonitor.Probes.Http;

namespace NocMonitor.Probes.Tests.Http;

public class HttpPartsTests
{
    [Test]
    public void A_chunked_body_is_the_same_wherever_it_is_cut()
    {
        var input = "5;ext=\"a\"\r\nhello\r\nA\r\n, chunked!\r\n00\r\nX: y\r\nZ: 1\r\n\r\nnext"u8.ToArray();

        for (var size = 1; size <= input.Length; size++)
        {
            Assert.That(Decode(input, size), Is.EqualTo(("hello, chunked!", ChunkPart.End, input.Length - 4)), () => $"pieces of {size}");
        }
    }

    [TestCase("")]
    [TestCase("5")]
    [TestCase("5\r\nhel")]
    [TestCase("5\r\nhello\r\n")]
    [TestCase("0\r\n")]
    [TestCase("0\r\nTrailer: x\r\n")]
    public void An_unfinished_chunked_body_wants_more(string input) =>
        Assert.That(Decode(Encoding.ASCII.GetBytes(input), 100).Last, Is.EqualTo(ChunkPart.NeedMore).Or.EqualTo(ChunkPart.Data));

    [TestCase("\r\n")]
    [TestCase("g\r\n")]
    [TestCase("-1\r\n")]
    [TestCase("5\r\nhelloX")]
    [TestCase("FFFFFFFFFFFFFFFFF\r\n")]
    [TestCase("fffffffffffffff\r\n")]
    public void What_is_not_chunked_is_refused(string input) =>
        Assert.That(Decode(Encoding.ASCII.GetBytes(input), 100).Last, Is.EqualTo(ChunkPart.Invalid));

    [Test]
    public void Extensions_and_trailers_without_end_are_refused()
    {
        var extension = Encoding.ASCII.GetBytes("5;" + new string('x', 20_000));
        var trailer = Encoding.ASCII.GetBytes("0\r\n" + new string('x', 20_000));

        Assert.That(Decode(extension, 1000).Last, Is.EqualTo(ChunkPart.Invalid));
        Assert.That(Decode(trailer, 1000).Last, Is.EqualTo(ChunkPart.Invalid));
    }

    [TestCase("HTTP/1.1 200 OK\r\n\r\nbody", 19)]
    [TestCase("HTTP/1.1 200 OK\n\nbody", 17)]
    [TestCase("HTTP/1.1 200 OK\r\nA: b\n\r\nbody", 24)]
    [TestCase("HTTP/1.1 200 OK\r\nA: b\r\n\r", 0)]
    [TestCase("", 0)]
    public void The_end_of_a_head_is_found_however_it_arrives(string text, int end)
    {
        var bytes = Encoding.ASCII.GetBytes(text);

        Assert.That(HttpHead.FindEnd(bytes, 0), Is.EqualTo(end));
        var found = 0;
        for (var length = 1; length <= bytes.Length && found == 0; length++)
        {
            found = HttpHead.FindEnd(bytes.AsSpan(0, length), length - 1);
        }

        Assert.That(found, Is.EqualTo(end));
    }

    [TestCase("200", 200, true)]
    [TestCase("200-299", 299, true)]
    [TestCase("200-299", 300, false)]
    [TestCase("200, 301 - 302", 302, false)]
    public void A_status_set_contains_its_codes(string text, int status, bool contains)
    {
        var parsed = StatusSet.TryParse([text], out var set);

        Assert.That(parsed && set.Contains(status), Is.EqualTo(contains));
    }

    [Test]
    public void What_is_no_status_is_refused([Values("", "99", "1000", "2xx", "300-200", "-", "200-")] string text) =>
        Assert.That(StatusSet.TryParse([text], out _), Is.False);

    private static (string Text, ChunkPart Last, int Consumed) Decode(byte[] input, int size)
    {
        var text = new StringBuilder();
        var decoder = default(ChunkedDecoder);
        var last = ChunkPart.NeedMore;
        var position = 0;
        while (last is ChunkPart.NeedMore or ChunkPart.Data && position < input.Length)
        {
            last = decoder.Next(input.AsSpan(position, Math.Min(size, input.Length - position)), out var consumed, out var data);
            position += consumed;
            text.Append(Encoding.ASCII.GetString(input, position - data, data));
        }

        return (text.ToString(), last, position);
    }
}

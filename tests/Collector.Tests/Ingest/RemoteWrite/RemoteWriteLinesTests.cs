using System.Text;
using NocMonitor.Collector.Ingest.RemoteWrite;

namespace NocMonitor.Collector.Tests.Ingest.RemoteWrite;

public class RemoteWriteLinesTests
{
    private const int LongestLine = 1024;

    [Test]
    public void The_name_becomes_the_measurement_and_labels_become_tags()
    {
        var request = new WriteRequest().Series(["__name__", "up", "instance", "web01:9100", "job", "node"], (1, 1000), (0.25, 2000));

        Assert.That(LinesOf(request), Is.EqualTo(new[] { "up,instance=web01:9100,job=node value=1 1000", "up,instance=web01:9100,job=node value=0.25 2000" }));
    }

    [Test]
    public void What_a_sender_leaves_out_is_zero()
    {
        var request = new WriteRequest().Series(["__name__", "m"], (0, 5), (7, 0), (0, 0));

        Assert.That(LinesOf(request), Is.EqualTo(new[] { "m value=0 5", "m value=7 0", "m value=0 0" }));
    }

    [Test]
    public void Samples_before_their_labels_still_get_them()
    {
        var series = new MemoryStream();
        WriteRequest.Field(series, 2, WriteRequest.Sample(3, 4));
        WriteRequest.Field(series, 1, WriteRequest.Label("job", "j"));
        WriteRequest.Field(series, 1, WriteRequest.Label("__name__", "late"));

        Assert.That(LinesOf(new WriteRequest().Field(1, series.ToArray())), Is.EqualTo(new[] { "late,job=j value=3 4" }));
    }

    [TestCase("a b", "v", "m,a\\ b=v value=1 1")]
    [TestCase("a", "x,y=z w", "m,a=x\\,y\\=z\\ w value=1 1")]
    [TestCase("path", "C:\\", "m,path=C: value=1 1", TestName = "Backslashes at the end go")]
    [TestCase("a", "two\nlines\t", "m,a=two\\ lines\\  value=1 1", TestName = "Control characters become spaces")]
    [TestCase("a", "", "m value=1 1", TestName = "A label without a value is no label")]
    [TestCase("a", "ä€", "m,a=ä€ value=1 1")]
    public void Label(string name, string value, string line) =>
        Assert.That(LinesOf(new WriteRequest().Series(["__name__", "m", name, value], (1, 1))), Is.EqualTo(new[] { line }));

    [Test]
    public void Markers_of_the_end_and_values_that_are_not_finite_are_counted_and_passed_over()
    {
        var stale = BitConverter.UInt64BitsToDouble(WriteRequest.StaleMarker);
        var lines = Read(new WriteRequest().Series(["__name__", "m"], (1, 1), (stale, 2), (double.NaN, 3), (double.PositiveInfinity, 4), (double.NegativeInfinity, 5), (2, 6)), out var read);

        Assert.That(lines, Is.EqualTo(new[] { "m value=1 1", "m value=2 6" }));
        Assert.That((read.Stale, read.NotFinite), Is.EqualTo((1, 3)));
    }

    [Test]
    public void Native_histograms_are_counted_and_exemplars_and_metadata_are_passed_over()
    {
        var series = new MemoryStream();
        WriteRequest.Field(series, 1, WriteRequest.Label("__name__", "m"));
        WriteRequest.Field(series, 3, [1, 2, 3]);
        WriteRequest.Field(series, 4, [9, 9]);
        var request = new WriteRequest().Field(3, [0xFF]).Field(1, series.ToArray()).Series(["__name__", "n"], (1, 1));

        Assert.That(Read(request, out var read), Is.EqualTo(new[] { "n value=1 1" }));
        Assert.That(read.Histograms, Is.EqualTo(1));
    }

    [TestCase(-1L)]
    [TestCase(long.MaxValue)]
    [TestCase(long.MinValue)]
    public void Times_are_signed(long time) =>
        Assert.That(LinesOf(new WriteRequest().Series(["__name__", "m"], (1, time))), Is.EqualTo(new[] { $"m value=1 {time}" }));

    [TestCase(1e300)]
    [TestCase(-0.0)]
    [TestCase(5e-324)]
    [TestCase(0.1 + 0.2)]
    [TestCase(9007199254740993d)]
    public void Values_keep_every_bit(double value)
    {
        var line = LinesOf(new WriteRequest().Series(["__name__", "m"], (value, 1)))[0];

        var written = double.Parse(line["m value=".Length..^2], System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(BitConverter.DoubleToInt64Bits(written), Is.EqualTo(BitConverter.DoubleToInt64Bits(value)));
    }

    [Test]
    public void Labels_beyond_a_lines_length_make_a_line_that_is_too_long_and_no_more()
    {
        var labels = new[] { "__name__", "m" }.Concat(Enumerable.Range(0, 1000).SelectMany(i => new[] { $"l{i}", new string('v', 100) }));
        var one = LinesOf(new WriteRequest().Series(["__name__", "m", "huge", "x" + new string('\\', 1 << 20)], (1, 1)))[0];
        var many = LinesOf(new WriteRequest().Series([.. labels], (1, 1)))[0];

        Assert.That(one, Has.Length.InRange(LongestLine, LongestLine + 100));
        Assert.That(many, Has.Length.InRange(LongestLine, LongestLine + 200));
    }

    [Test]
    public void The_series_of_a_line_is_found_again_by_its_number()
    {
        var request = new WriteRequest().Series(["__name__", "a"], (1, 1), (2, 2)).Series(["__name__", "b"], (double.NaN, 1), (3, 3)).Message();
        var lines = new RemoteWriteLines(request, LongestLine);

        Assert.That(Encoding.UTF8.GetString(lines.SeriesOfLine(2)), Is.EqualTo("a"));
        Assert.That(Encoding.UTF8.GetString(lines.SeriesOfLine(3)), Is.EqualTo("b"));
    }

    [Test]
    public void Every_prefix_is_refused_or_holds_the_series_that_are_whole()
    {
        var ends = new List<int>();
        var request = new WriteRequest();
        for (var i = 0; i < 3; i++)
        {
            request.Series(["__name__", $"m{i}", "a", "b"], (i + 0.5, 1000), (i, -1));
            ends.Add(request.Message().Length);
        }

        var message = request.Message();
        var whole = LinesOf(request);
        for (var length = 0; length <= message.Length; length++)
        {
            var prefix = message[..length];

            Assert.That(RemoteWriteMessage.IsWhole(prefix), Is.EqualTo(length == 0 || ends.Contains(length)), $"{length} bytes");
            if (RemoteWriteMessage.IsWhole(prefix))
            {
                Assert.That(LinesOf(prefix), Is.EqualTo(whole[..(2 * ends.Count(end => end <= length))]));
            }
        }
    }

    [Test]
    public void A_reader_with_a_small_buffer_gets_the_same_text()
    {
        var request = new WriteRequest().Series(["__name__", "m", "a", "b"], (1, 1), (2, 2)).Series(["__name__", "n"], (3, 3)).Message();
        using var stream = new RemoteWriteStream(new RemoteWriteLines(request, LongestLine));
        var text = new StringBuilder();
        var buffer = new byte[3];

        for (var count = stream.Read(buffer); count > 0; count = stream.Read(buffer))
        {
            text.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        Assert.That(text.ToString(), Is.EqualTo("m,a=b value=1 1\nm,a=b value=2 2\nn value=3 3\n"));
    }

    private static string[] LinesOf(WriteRequest request) => Read(request, out _);

    private static string[] LinesOf(byte[] message) => Read(new RemoteWriteLines(message, LongestLine));

    private static string[] Read(WriteRequest request, out RemoteWriteLines lines)
    {
        Assert.That(RemoteWriteMessage.IsWhole(request.Message()), Is.True);
        return Read(lines = new RemoteWriteLines(request.Message(), LongestLine));
    }

    private static string[] Read(RemoteWriteLines lines)
    {
        var read = new List<string>();
        while (lines.Next())
        {
            read.Add(Encoding.UTF8.GetString(lines.Line.Span).TrimEnd('\n'));
        }

        return [.. read];
    }
}

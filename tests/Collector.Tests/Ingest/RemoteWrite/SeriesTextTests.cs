using System.Text;
using NocMonitor.Collector.Ingest.RemoteWrite;

namespace NocMonitor.Collector.Tests.Ingest.RemoteWrite;

public class SeriesTextTests
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

    private static string[] LinesOf(WriteRequest request)
    {
        var text = new SeriesText(LongestLine);
        var lines = new List<string>();
        var message = new ProtobufReader(request.Message());
        while (message.Read())
        {
            Assert.That(RemoteWriteMessage.IsWholeSeries(message.Content), Is.True);
            text.Write(message.Content);
            var samples = new SampleReader(message.Content);
            while (samples.Read())
            {
                lines.Add(Encoding.UTF8.GetString(text.LineOf(samples.Value, samples.Milliseconds)).TrimEnd('\n'));
            }
        }

        return [.. lines];
    }
}

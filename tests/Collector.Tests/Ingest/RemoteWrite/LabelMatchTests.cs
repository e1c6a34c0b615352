using System.Text;
using NocMonitor.Collector.Ingest.RemoteWrite;

namespace NocMonitor.Collector.Tests.Ingest.RemoteWrite;

public class LabelMatchTests
{
    [TestCase("up", 0)]
    [TestCase("up,host=a,job=node", 2)]
    [TestCase("a=b,c=d", 1, TestName = "An equals sign in the measurement is not escaped")]
    [TestCase("up,a=b\\,c", -1, TestName = "What is escaped is not plain")]
    [TestCase("up,a=b\tc", -1, TestName = "A control character, which a label cannot bring, is not plain")]
    [TestCase("up,__name__=x", -1, TestName = "A tag that no label can be is not plain")]
    public void Tags_of_a_plain_key(string key, int tags) => Assert.That(LabelMatch.TagsOfPlain(Encoding.UTF8.GetBytes(key)), Is.EqualTo(tags));

    [TestCase("up", "__name__ up", true)]
    [TestCase("up,host=a,job=node", "__name__ up host a job node", true)]
    [TestCase("up,host=a,job=node", "__name__ up host a", false)]
    [TestCase("up,host=a", "__name__ up host a job node", false)]
    [TestCase("up,host=a,job=node", "__name__ up job node host a", false)]
    [TestCase("up,host=a", "host a __name__ up", false)]
    [TestCase("up,host=a", "__name__ up host b", false)]
    [TestCase("up,host=a", "__name__ up,host=a", false, TestName = "A name that looks like a key")]
    [TestCase("up,a=1,b=2", "__name__ up a 1,b=2", false, TestName = "A value that looks like two tags")]
    [TestCase("up,a=1,b=2", "__name__ up a=1,b 2", false, TestName = "A name of a label that looks like two tags")]
    [TestCase("up,host=a", "__name__ up __name__ b host a", false, TestName = "A name twice")]
    public void Labels_and_a_key(string key, string labels, bool same)
    {
        var series = new MemoryStream();
        foreach (var label in labels.Split(' ').Chunk(2))
        {
            WriteRequest.Field(series, 1, WriteRequest.Label(label[0], label[1]));
        }

        var (end, bytes) = ((int)series.Length, Encoding.UTF8.GetBytes(key));
        WriteRequest.Field(series, 2, WriteRequest.Sample(1, 1));

        Assert.That(LabelMatch.EndOfLabels(series.ToArray(), bytes, LabelMatch.TagsOfPlain(bytes)), Is.EqualTo(same ? end : -1));
    }

    [TestCase(100)]
    [TestCase(127)]
    [TestCase(128)]
    [TestCase(5000)]
    public void Long_values_match_whatever_their_lengths_take(int length)
    {
        var value = new string('v', length);
        var series = new MemoryStream();
        WriteRequest.Field(series, 1, WriteRequest.Label("__name__", "up"));
        WriteRequest.Field(series, 1, WriteRequest.Label("a", value));

        Assert.That(LabelMatch.EndOfLabels(series.ToArray(), Encoding.UTF8.GetBytes($"up,a={value}"), 1), Is.EqualTo(series.Length));
    }

    [Test]
    public void Every_prefix_is_read_without_a_fault()
    {
        var series = new MemoryStream();
        WriteRequest.Field(series, 1, WriteRequest.Label("__name__", "up"));
        WriteRequest.Field(series, 1, WriteRequest.Label("host", new string('v', 200)));
        var whole = series.ToArray();
        var key = Encoding.UTF8.GetBytes($"up,host={new string('v', 200)}");

        for (var length = 0; length < whole.Length; length++)
        {
            Assert.That(LabelMatch.EndOfLabels(whole.AsSpan(0, length), key, 1), Is.EqualTo(-1), $"{length} bytes");
        }
    }
}

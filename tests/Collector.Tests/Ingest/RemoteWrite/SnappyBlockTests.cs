using System.Text;
using NocMonitor.Collector.Ingest.RemoteWrite;
using Snappier;

namespace NocMonitor.Collector.Tests.Ingest.RemoteWrite;

public class SnappyBlockTests
{
    [TestCase("", null, TestName = "Nothing has no size")]
    [TestCase("80", null, TestName = "A size that breaks off")]
    [TestCase("8080808080", null, TestName = "A size of more than five bytes")]
    [TestCase("00", 0, TestName = "The size of nothing")]
    [TestCase("2c00", 44, TestName = "As much as its bytes can stand for")]
    [TestCase("2d00", null, TestName = "More than its bytes can stand for")]
    [TestCase("ffffffff0f00", null, TestName = "4 GiB in six bytes")]
    public void Size(string hex, long? size) => Assert.That(SnappyBlock.ReadSize(Convert.FromHexString(hex)), Is.EqualTo(size));

    [Test]
    public void The_best_compression_there_is_stays_within_the_bound()
    {
        var plain = new byte[1 << 20];
        var block = Snappy.CompressToArray(plain);

        Assert.That(SnappyBlock.ReadSize(block), Is.EqualTo(plain.Length));
        Assert.That(SnappyBlock.TryDecompress(block, new byte[plain.Length]), Is.True);
    }

    [Test]
    public void Every_prefix_is_refused()
    {
        var plain = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 200).Select(i => $"label{i % 7}=value{i} ")));
        var block = Snappy.CompressToArray(plain);

        for (var length = 0; length < block.Length; length++)
        {
            Assert.That(SnappyBlock.ReadSize(block.AsSpan(0, length)) is { } size && SnappyBlock.TryDecompress(block.AsSpan(0, length), new byte[size]), Is.False, $"{length} bytes");
        }
    }

    [TestCase("0400", TestName = "A literal that breaks off")]
    [TestCase("0401ff", TestName = "A copy from before the beginning")]
    [TestCase("04 08 616263", TestName = "Less than the size says")]
    public void Damaged(string hex)
    {
        var block = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

        Assert.That(SnappyBlock.TryDecompress(block, new byte[4]), Is.False);
    }
}

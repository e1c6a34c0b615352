using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.Collector.Forward;
using NocMonitor.Collector.Tests.Hosting;
using NocMonitor.LineProtocol;
using NocMonitor.Testing;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Tests.Forward;

public class ForwardEncoderTests
{
    [TestCase("InfluxDb1", "m f=1,u=7i,s=\"x\",b=true 5\n", TestName = "InfluxDB 1 gets integers for unsigned ones, as far as they reach")]
    [TestCase("VictoriaMetrics", "m f=1,u=7u,big=9223372036854775808u,b=true 5\n", TestName = "VictoriaMetrics gets no texts")]
    [TestCase("LineProtocol", "m f=1,u=7u,big=9223372036854775808u,s=\"x\",b=true 5\n", TestName = "Other remotes get everything")]
    public async Task A_line_holds_what_its_remote_can_take(string type, string expected)
    {
        using var folder = new TemporaryFolder();
        await using var store = TimeSeriesStore.Open(new StoreOptions { Folder = folder.Path, Retention = TimeSpan.FromDays(36500) }, TimeProvider.System, NullLogger.Instance);
        var options = TestCollector.Options($$"""{ "Forwarders": { "far": { "Type": "{{type}}", "Url": "http://h", "Database": "d", "Bucket": "b" } } }""").Forwarders["far"];
        using var batch = Batch(store, "m f=1,u=7u,big=9223372036854775808u,s=\"x\",b=true 5\n");
        var output = new ArrayBufferWriter<byte>();
        var encoder = new ForwardEncoder(options);

        var written = encoder.Write(output, batch, batch.Rows[0]);

        Assert.That(written);
        Assert.That(Encoding.UTF8.GetString(output.WrittenSpan), Is.EqualTo(expected));
        Assert.That(encoder.LeftOutValues, Is.EqualTo(type == "InfluxDb1" ? 1 : 0));
    }

    [Test]
    public async Task A_point_of_texts_only_is_no_line_for_a_store_of_numbers()
    {
        using var folder = new TemporaryFolder();
        await using var store = TimeSeriesStore.Open(new StoreOptions { Folder = folder.Path, Retention = TimeSpan.FromDays(36500) }, TimeProvider.System, NullLogger.Instance);
        var options = TestCollector.Options("""{ "Forwarders": { "far": { "Type": "VictoriaMetrics", "Url": "http://h" } } }""").Forwarders["far"];
        using var batch = Batch(store, "m s=\"x\" 5\n");
        var output = new ArrayBufferWriter<byte>();

        Assert.That(new ForwardEncoder(options).Write(output, batch, batch.Rows[0]), Is.False);
        Assert.That(output.WrittenCount, Is.Zero);
    }

    private static SampleBatch Batch(TimeSeriesStore store, string lines)
    {
        var batch = store.RentBatch("test");
        var reader = new LineReader(new LineScratch(), Encoding.UTF8.GetBytes(lines));
        while (reader.Read())
        {
            Assert.That(batch.TryAdd(ref reader, 0, out var reject), reject);
        }

        return batch;
    }
}

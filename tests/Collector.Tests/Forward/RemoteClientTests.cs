using NocMonitor.Collector.Forward;
using NocMonitor.Collector.Tests.Hosting;

namespace NocMonitor.Collector.Tests.Forward;

public class RemoteClientTests
{
    [TestCase("""{ "Type": "InfluxDb1", "Url": "http://h:8086", "Database": "my db" }""", "http://h:8086/write?db=my%20db&precision=n", TestName = "InfluxDB 1")]
    [TestCase("""{ "Type": "InfluxDb1", "Url": "http://h", "Database": "d", "RetentionPolicy": "week" }""", "http://h/write?db=d&rp=week&precision=n", TestName = "InfluxDB 1 with a retention policy")]
    [TestCase("""{ "Type": "InfluxDb2", "Url": "https://h/under/", "Organization": "o&o", "Bucket": "b" }""", "https://h/under/api/v2/write?org=o%26o&bucket=b&precision=ns", TestName = "InfluxDB 2 below a path")]
    [TestCase("""{ "Type": "VictoriaMetrics", "Url": "http://h:8428" }""", "http://h:8428/api/v2/write", TestName = "VictoriaMetrics")]
    [TestCase("""{ "Type": "LineProtocol", "Url": "http://h/any?where=there" }""", "http://h/any?where=there", TestName = "An address as it stands")]
    public void Each_type_has_its_door(string forwarder, string address)
    {
        var options = TestCollector.Options($$"""{ "Forwarders": { "far": {{forwarder}} } }""").Forwarders["far"];

        Assert.That(RemoteClient.WriteAddress(options).AbsoluteUri, Is.EqualTo(address));
    }
}

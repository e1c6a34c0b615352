namespace NocMonitor.Collector.Tests.Ingest.RemoteWrite;

public class RemoteWriteMessageTests
{
    [TestCase("", true, TestName = "An empty request is whole")]
    [TestCase("0a00", true, TestName = "An empty series is whole")]
    [TestCase("2001", true, TestName = "An unknown field is passed over")]
    [TestCase("0a04 0a02 0a00", true, TestName = "A label with an empty name is whole; the line of it is refused")]
    [TestCase("0801", false, TestName = "A series that is a number")]
    [TestCase("0a05", false, TestName = "A length beyond the end")]
    [TestCase("0affffffffffffffffff01", false, TestName = "A length of 64 bits")]
    [TestCase("80", false, TestName = "A key that breaks off")]
    [TestCase("ffffffffffffffffffff01", false, TestName = "A number of more than ten bytes")]
    [TestCase("0000", false, TestName = "Field number 0")]
    [TestCase("0b0c", false, TestName = "A group")]
    [TestCase("0f", false, TestName = "A wire type that there is not")]
    [TestCase("0a02 0801", false, TestName = "A label that is a number")]
    [TestCase("0a04 1202 0805", false, TestName = "A value that is a varint")]
    [TestCase("0a04 1202 1200", false, TestName = "A time that is a text")]
    [TestCase("0a05 1203 090000", false, TestName = "A value cut short")]
    [TestCase("0a05 1203 1d0000", false, TestName = "An unknown number cut short inside a sample")]
    public async Task Shape(string hex, bool whole)
    {
        await using var stage = new SourceStage();

        var answer = await stage.WriteAsync(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

        Assert.That(answer is not null, Is.EqualTo(whole));
    }
}

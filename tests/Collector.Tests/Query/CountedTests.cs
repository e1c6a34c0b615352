using NocMonitor.Collector.Query;

namespace NocMonitor.Collector.Tests.Query;

public class CountedTests
{
    [TestCase(0, "0 open alerts")]
    [TestCase(1, "1 open alert")]
    [TestCase(2, "2 open alerts")]
    public void One_is_said_otherwise_than_none_and_many(int count, string words) => Assert.That(Counted.Words(count, "open alert"), Is.EqualTo(words));
}

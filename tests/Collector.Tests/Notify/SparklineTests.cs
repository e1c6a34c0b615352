using NocMonitor.Collector.Notify;

namespace NocMonitor.Collector.Tests.Notify;

public class SparklineTests
{
    [TestCase(new double[] { }, ExpectedResult = "")]
    [TestCase(new[] { double.NaN }, ExpectedResult = "")]
    [TestCase(new[] { 0.0, 50, 100 }, ExpectedResult = "▁▅█  0 to 100, last 100")]
    [TestCase(new[] { 1, double.NaN, 8 }, ExpectedResult = "▁ █  1 to 8, last 8")]
    [TestCase(new[] { 5.0, 5, 5 }, ExpectedResult = "▄▄▄  5 to 5, last 5", TestName = "A flat line stands in the middle")]
    [TestCase(new[] { -3, 2.345, double.NaN }, ExpectedResult = "▁█   -3 to 2.35, last 2.35")]
    public string Values_become_blocks(double[] values) => Sparkline.Draw(values);
}

using NocMonitor.TimeSeries.InfluxQl.Execution;
using NocMonitor.TimeSeries.InfluxQl.Functions;
using NocMonitor.TimeSeries.InfluxQl.Values;
using ValueType = NocMonitor.TimeSeries.InfluxQl.ValueType;

namespace NocMonitor.TimeSeries.Tests.InfluxQl.Functions;

public class HoltWintersTests
{
    [Test]
    public void The_search_ends_when_the_query_does()
    {
        var points = new Points(ValueType.Float, new TextPool(), []);
        for (var i = 0; i < 10; i++)
        {
            points.Add(i, BitConverter.DoubleToInt64Bits(i % 3));
        }

        using var ended = new CancellationTokenSource();
        ended.Cancel();

        Assert.That(() => HoltWinters.Apply(points, 2, 3, withFit: false, window: 1, ended.Token), Throws.InstanceOf<OperationCanceledException>());
    }
}

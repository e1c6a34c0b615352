using System.Globalization;
using NocMonitor.TimeSeries.InfluxQl.Language;
using NocMonitor.TimeSeries.InfluxQl.Values;

namespace NocMonitor.TimeSeries.InfluxQl.Show;

/// <summary>There is one retention policy: the store's.</summary>
internal static class RetentionPolicies
{
    public const string Name = "autogen";

    public static IEnumerable<ResultSeries> List(ShowStatement _, TimeSpan retention)
    {
        var replicas = new ValueColumn(ValueType.Integer);
        replicas.Add(Value.Of(1L));
        var isDefault = new ValueColumn(ValueType.Boolean, new TextPool());
        isDefault.Add(Value.Of(true));
        return
        [
            new ResultSeries("", [], ["name", "duration", "shardGroupDuration", "replicaN", "default"],
                [ValueColumn.OfTexts([Name]), ValueColumn.OfTexts([GoDuration(retention)]), ValueColumn.OfTexts(["1h0m0s"]), replicas, isDefault]),
        ];
    }

    private static string GoDuration(TimeSpan span) =>
        string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalHours}h{span.Minutes}m{span.Seconds}s");
}

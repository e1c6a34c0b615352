using Microsoft.Extensions.DependencyInjection;
using NocMonitor.Collector.Tests.Hosting;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Tests.Ingest;

/// <summary>What a collector has stored from others than itself, as text: <c>measurement,tags field=value@time</c> for each value, in order.</summary>
internal static class StoredPoints
{
    public static IReadOnlyList<string> Of(TestCollector collector)
    {
        var store = collector.App.Services.GetRequiredService<TimeSeriesStore>();
        using var reader = store.OpenReader();
        var points = new List<string>();
        foreach (var series in store.Index.Measurements.SelectMany(name => store.Index.Find(name)).Where(series => series.OriginName != "collector"))
        {
            reader.Seek(series, long.MinValue, long.MaxValue);
            while (reader.Read())
            {
                foreach (var column in reader.Block.Columns)
                {
                    for (var row = 0; row < reader.Block.Count; row++)
                    {
                        if (reader.Block.Value(column, row) is { } value)
                        {
                            points.Add($"{series.Key} {series.Fields[column.Field].Name}={value}@{reader.Block.Times[row]}");
                        }
                    }
                }
            }
        }

        points.Sort(StringComparer.Ordinal);
        return points;
    }
}

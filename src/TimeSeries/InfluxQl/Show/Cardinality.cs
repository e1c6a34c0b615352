using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Show;

/// <summary>Counts of series, measurements, keys and values.</summary>
internal static class Cardinality
{
    public static IEnumerable<ResultSeries> Run(SeriesIndex index, long now, CardinalityStatement statement) =>
        throw new QueryException($"SHOW {statement.Kind} CARDINALITY is not supported ({index.Count}, {now})");
}

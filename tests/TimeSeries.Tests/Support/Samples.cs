namespace NocMonitor.TimeSeries.Tests.Support;

/// <summary>Stored samples as text for comparison.</summary>
internal static class Samples
{
    public static List<string> Of(TimeSeriesStore store, Series series, long from = long.MinValue, long to = long.MaxValue)
    {
        using var reader = store.OpenReader();
        return Of(reader, series, from, to);
    }

    public static List<string> Of(SeriesReader reader, Series series, long from = long.MinValue, long to = long.MaxValue)
    {
        var rows = new List<string>();
        reader.Seek(series, from, to);
        while (reader.Read())
        {
            for (var row = 0; row < reader.Block.Count; row++)
            {
                rows.Add(Row(series, reader.Block, row));
            }
        }

        return rows;
    }

    private static string Row(Series series, SampleBlock block, int row)
    {
        var fields = block.Columns.ToArray()
            .Where(column => column.IsPresent(row))
            .Select(column => $"{series.Fields[column.Field].Name}={block.Value(column, row)}")
            .Order(StringComparer.Ordinal);
        return $"{(block.Times[row] - StoreStage.Start) / 1_000_000_000} {string.Join(' ', fields)}";
    }
}

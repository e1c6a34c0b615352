using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Inventory.Devices;

/// <summary>A point as it was last stored.</summary>
internal sealed record LastPoint(SeriesKey Key, DateTimeOffset Time, IReadOnlyDictionary<string, string> Fields)
{
    public string Tag(string name) => Key.FindTag(name) ?? "";

    public string Text(string field) => Fields.GetValueOrDefault(field, "");
}

/// <summary>Reads the newest point of every series of a measurement, as texts. For what changes rarely and is asked for by people.</summary>
internal static class LastPoints
{
    /// <param name="age">A series that was last heard of longer ago is left out.</param>
    /// <param name="fields">Only these fields.</param>
    public static IReadOnlyList<LastPoint> Of(TimeSeriesStore store, string measurement, DateTimeOffset now, TimeSpan age, IReadOnlyCollection<string> fields)
    {
        using var reader = store.OpenReader();
        var points = new List<LastPoint>();
        var from = UnixNanoseconds.From(now - age);
        foreach (var series in store.Index.Find(measurement))
        {
            int[] wanted = [.. fields.Select(series.FindField).Where(field => field >= 0)];
            if (wanted.Length > 0 && Last(reader, series, from, wanted) is { } point)
            {
                points.Add(point);
            }
        }

        return points;
    }

    private static LastPoint? Last(SeriesReader reader, Series series, long from, int[] fields)
    {
        if (!reader.TryLast(series, fields[0], from, out var newest, out _) && !Array.Exists(fields, field => reader.TryLast(series, field, from, out newest, out _)))
        {
            return null;
        }

        // A poll answers all its fields at once: those of the same point count, and older ones of a field that a row leaves out at times do not.
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        reader.Seek(series, newest, newest + 1, fields);
        while (reader.Read())
        {
            foreach (var column in reader.Block.Columns)
            {
                if (Array.IndexOf(fields, column.Field) >= 0 && reader.Block.Value(column, reader.Block.Count - 1) is { } value)
                {
                    texts[series.Fields[column.Field].Name] = Text(value);
                }
            }
        }

        return new LastPoint(series.Key, UnixNanoseconds.ToTime(newest), texts);
    }

    private static string Text(FieldValue value) => value.Kind switch
    {
        FieldKind.String => value.Text,
        FieldKind.Boolean => value.Boolean ? "true" : "false",
        _ => value.AsDouble().ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}

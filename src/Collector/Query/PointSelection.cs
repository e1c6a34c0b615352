using System.Text.Json;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Query;

/// <summary>Which points of which series, written as JSON while they are read.</summary>
/// <param name="Field">Only this field; null for all.</param>
/// <param name="Latest">Only the last point of each series.</param>
/// <param name="Limit">At most so many points of all series together.</param>
internal sealed record PointSelection(IReadOnlyList<Series> Series, long From, long To, string? Field, bool Latest, int Limit)
{
    private const int FlushAbove = 32 << 10;

    public async Task WriteAsync(Utf8JsonWriter writer, TimeSeriesStore store, CancellationToken token)
    {
        using var reader = store.OpenReader();
        var left = Limit;
        writer.WriteStartObject();
        writer.WriteStartArray("series");
        foreach (var series in Series.TakeWhile(_ => left > 0))
        {
            left -= WriteSeries(writer, reader, series, left);
            if (writer.BytesPending > FlushAbove)
            {
                await writer.FlushAsync(token);
            }
        }

        writer.WriteEndArray();
        writer.WriteBoolean("truncated", left <= 0);
        writer.WriteEndObject();
        await writer.FlushAsync(token);
    }

    private int WriteSeries(Utf8JsonWriter writer, SeriesReader reader, Series series, int most)
    {
        var field = Field is null ? -1 : series.FindField(Field);
        if (Field is not null && field < 0)
        {
            return 0;
        }

        var count = 0;
        reader.Seek(series, Latest ? FindLatest(reader, series) : From, To, field < 0 ? null : [field]);
        while (count < most && reader.Read())
        {
            if (count == 0)
            {
                Begin(writer, series);
            }

            for (var row = Latest ? reader.Block.Count - 1 : 0; row < reader.Block.Count && count < most; row++, count++)
            {
                WritePoint(writer, series, reader.Block, row);
            }
        }

        if (count > 0)
        {
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return count;
    }

    /// <summary>The time of the last point of a series in the range; the range's end when there is none.</summary>
    private long FindLatest(SeriesReader reader, Series series)
    {
        var latest = To;
        reader.Seek(series, From, To, []);
        while (reader.Read())
        {
            latest = reader.Block.Times[^1];
        }

        return latest;
    }

    private static void Begin(Utf8JsonWriter writer, Series series)
    {
        writer.WriteStartObject();
        PointJson.WriteKey(writer, series.Key);
        writer.WriteStartArray("points");
    }

    private static void WritePoint(Utf8JsonWriter writer, Series series, SampleBlock block, int row)
    {
        writer.WriteStartObject();
        writer.WriteString("time", UnixNanoseconds.ToTime(block.Times[row]).UtcDateTime);
        writer.WriteStartObject("fields");
        foreach (var column in block.Columns)
        {
            if (block.Value(column, row) is { } value)
            {
                PointJson.WriteValue(writer, series.Fields[column.Field].Name, value);
            }
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}

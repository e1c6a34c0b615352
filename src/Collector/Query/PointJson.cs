using System.Buffers;
using System.Text;
using System.Text.Json;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Query;

/// <summary>Points as JSON.</summary>
internal static class PointJson
{
    public static void WriteKey(Utf8JsonWriter writer, SeriesKey key)
    {
        writer.WriteString("measurement", key.Measurement);
        writer.WriteStartObject("tags");
        foreach (var (name, value) in key.Tags)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
    }

    public static void WriteValue(Utf8JsonWriter writer, string name, FieldValue value)
    {
        switch (value.Kind)
        {
            case FieldKind.Float:
                writer.WriteNumber(name, value.Float);
                break;
            case FieldKind.Integer:
                writer.WriteNumber(name, value.Integer);
                break;
            case FieldKind.Unsigned:
                writer.WriteNumber(name, value.Unsigned);
                break;
            case FieldKind.Boolean:
                writer.WriteBoolean(name, value.Boolean);
                break;
            default:
                writer.WriteString(name, value.Text);
                break;
        }
    }

    /// <summary>One row of a batch as an object with measurement, tags, time and fields.</summary>
    public static string Write(SampleBatch batch, SampleRow row)
    {
        var output = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = QueryJson.Plain.Options.Encoder }))
        {
            writer.WriteStartObject();
            WriteKey(writer, row.Series.Key);
            writer.WriteString("time", UnixNanoseconds.ToTime(row.Timestamp).UtcDateTime);
            writer.WriteStartObject("fields");
            foreach (ref readonly var value in batch.Values(row))
            {
                WriteValue(writer, row.Series.Fields[value.Field].Name, batch.Value(value));
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}

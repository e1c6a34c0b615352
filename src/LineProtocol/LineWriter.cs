using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace NocMonitor.LineProtocol;

/// <summary>
/// Writes points as UTF-8 line protocol, one line each with a trailing line feed. Names and tag values are written as far as the format can
/// carry them: see <see cref="WritableName"/>.
/// </summary>
public static class LineWriter
{
    private const int LongestNumber = 24;

    /// <summary>Appends one line. A point without a measurement or without fields has no line form and appends nothing.</summary>
    /// <returns>True when a line was written.</returns>
    public static bool Write(IBufferWriter<byte> output, Point point)
    {
        var measurement = WritableName.Of(point.Measurement);
        if (measurement is "" or ['#', ..] || !HasWritableField(point))
        {
            return false;
        }

        WriteSeries(output, measurement, point.Tags);
        WriteFields(output, point.Fields);
        if (point.Timestamp is { } timestamp)
        {
            output.Write(" "u8);
            WriteNumber(output, timestamp);
        }

        output.Write("\n"u8);
        return true;
    }

    /// <summary>Appends <c>key=value</c> alone, for a caller that builds its lines itself.</summary>
    /// <returns>False, with nothing written, when the key has no line form.</returns>
    public static bool WriteField(IBufferWriter<byte> output, string key, FieldValue value)
    {
        var name = WritableName.Of(key);
        if (name.Length == 0)
        {
            return false;
        }

        WriteEscaped(output, name, ",= ");
        output.Write("="u8);
        WriteValue(output, value);
        return true;
    }

    /// <summary>Appends a time in nanoseconds, or any other whole number, alone.</summary>
    public static void WriteTimestamp(IBufferWriter<byte> output, long timestamp) => WriteNumber(output, timestamp);

    internal static string ToText(Point point)
    {
        var buffer = new ArrayBufferWriter<byte>();
        return Write(buffer, point) ? Encoding.UTF8.GetString(buffer.WrittenSpan[..^1]) : "";
    }

    /// <summary>Appends a tag with the comma before it, as it stands in a line.</summary>
    /// <returns>False, with nothing written, when no line can hold it.</returns>
    public static bool TryWriteTag(IBufferWriter<byte> output, string key, string value)
    {
        var (name, text) = (WritableName.Of(key), WritableName.Of(value));
        if (name.Length == 0 || text.Length == 0)
        {
            return false;
        }

        output.Write(","u8);
        WriteEscaped(output, name, ",= ");
        output.Write("="u8);
        WriteEscaped(output, text, ",= ");
        return true;
    }

    internal static void WriteSeries(IBufferWriter<byte> output, string measurement, IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        WriteEscaped(output, WritableName.Of(measurement), ", ");
        for (var i = 0; i < tags.Count; i++)
        {
            var key = WritableName.Of(tags[i].Key);
            if (ReferenceEquals(key, tags[i].Key) || !IsTaken(tags, i, key))
            {
                TryWriteTag(output, key, tags[i].Value);
            }
        }
    }

    /// <summary>Whether another tag has this key already; two of a kind would make the whole line bad.</summary>
    private static bool IsTaken(IReadOnlyList<KeyValuePair<string, string>> tags, int index, string key)
    {
        for (var i = 0; i < tags.Count; i++)
        {
            if (i != index && WritableName.Of(tags[i].Value).Length > 0 && (i < index ? WritableName.Of(tags[i].Key) : tags[i].Key) == key)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasWritableField(Point point)
    {
        foreach (var (key, _) in point.Fields)
        {
            if (WritableName.Of(key).Length > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static void WriteFields(IBufferWriter<byte> output, IReadOnlyList<KeyValuePair<string, FieldValue>> fields)
    {
        var separator = " "u8;
        for (var i = 0; i < fields.Count; i++)
        {
            if (WritableName.Of(fields[i].Key).Length > 0)
            {
                output.Write(separator);
                WriteField(output, fields[i].Key, fields[i].Value);
                separator = ","u8;
            }
        }
    }

    private static void WriteValue(IBufferWriter<byte> output, FieldValue value)
    {
        switch (value.Kind)
        {
            case FieldKind.Float:
                output.Advance(FloatText.Write(value.Float, output.GetSpan(FloatText.Longest)));
                break;
            case FieldKind.Integer:
                WriteNumber(output, value.Integer);
                output.Write("i"u8);
                break;
            case FieldKind.Unsigned:
                Utf8Formatter.TryFormat(value.Unsigned, output.GetSpan(LongestNumber), out var written);
                output.Advance(written);
                output.Write("u"u8);
                break;
            case FieldKind.Boolean:
                output.Write(value.Boolean ? "true"u8 : "false"u8);
                break;
            default:
                output.Write("\""u8);
                WriteEscaped(output, value.Text, "\"\\\n\r\t");
                output.Write("\""u8);
                break;
        }
    }

    private static void WriteNumber(IBufferWriter<byte> output, long value)
    {
        Utf8Formatter.TryFormat(value, output.GetSpan(LongestNumber), out var written);
        output.Advance(written);
    }

    private static void WriteEscaped(IBufferWriter<byte> output, string text, string special)
    {
        var rest = text.AsSpan();
        while (rest.IndexOfAny(special) is var index and >= 0)
        {
            Encoding.UTF8.GetBytes(rest[..index], output);
            var escape = output.GetSpan(2);
            escape[0] = (byte)'\\';
            escape[1] = rest[index] switch
            {
                '\n' => (byte)'n',
                '\r' => (byte)'r',
                '\t' => (byte)'t',
                var plain => (byte)plain,
            };
            output.Advance(2);
            rest = rest[(index + 1)..];
        }

        Encoding.UTF8.GetBytes(rest, output);
    }
}

using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace NocMonitor.LineProtocol;

/// <summary>Writes points as UTF-8 line protocol (InfluxDB 1.x line protocol reference), one line each with a trailing line feed.</summary>
public static class LineWriter
{
    private const int LongestNumber = 32;

    /// <summary>Appends one line. A point without fields has no line form and appends nothing.</summary>
    /// <returns>True when a line was written.</returns>
    public static bool Write(IBufferWriter<byte> output, Point point)
    {
        if (point.Fields.Count == 0)
        {
            return false;
        }

        WriteEscaped(output, point.Measurement, ", ");
        foreach (var (key, value) in point.Tags)
        {
            output.Write(","u8);
            WriteEscaped(output, key, ",= ");
            output.Write("="u8);
            WriteEscaped(output, value, ",= ");
        }

        var separator = " "u8;
        foreach (var (key, value) in point.Fields)
        {
            output.Write(separator);
            WriteEscaped(output, key, ",= ");
            output.Write("="u8);
            WriteValue(output, value);
            separator = ","u8;
        }

        if (point.Timestamp is { } timestamp)
        {
            output.Write(" "u8);
            WriteNumber(output, timestamp);
        }

        output.Write("\n"u8);
        return true;
    }

    internal static string ToText(Point point)
    {
        var buffer = new ArrayBufferWriter<byte>();
        return Write(buffer, point) ? Encoding.UTF8.GetString(buffer.WrittenSpan[..^1]) : "";
    }

    private static void WriteValue(IBufferWriter<byte> output, FieldValue value)
    {
        switch (value.Kind)
        {
            case FieldKind.Float:
                var span = output.GetSpan(LongestNumber);
                Utf8Formatter.TryFormat(value.Float, span, out var written, new StandardFormat('R'));
                output.Advance(written);
                break;
            case FieldKind.Integer:
                WriteNumber(output, value.Integer);
                output.Write("i"u8);
                break;
            case FieldKind.Unsigned:
                var digits = output.GetSpan(LongestNumber);
                Utf8Formatter.TryFormat(value.Unsigned, digits, out var count);
                output.Advance(count);
                output.Write("u"u8);
                break;
            case FieldKind.Boolean:
                output.Write(value.Boolean ? "true"u8 : "false"u8);
                break;
            default:
                output.Write("\""u8);
                WriteEscaped(output, value.Text, "\"\\");
                output.Write("\""u8);
                break;
        }
    }

    private static void WriteNumber(IBufferWriter<byte> output, long value)
    {
        var span = output.GetSpan(LongestNumber);
        Utf8Formatter.TryFormat(value, span, out var written);
        output.Advance(written);
    }

    private static void WriteEscaped(IBufferWriter<byte> output, string text, string special)
    {
        var rest = text.AsSpan();
        while (rest.IndexOfAny(special) is var index and >= 0)
        {
            Encoding.UTF8.GetBytes(rest[..index], output);
            output.Write("\\"u8);
            Encoding.UTF8.GetBytes(rest.Slice(index, 1), output);
            rest = rest[(index + 1)..];
        }

        Encoding.UTF8.GetBytes(rest, output);
    }
}

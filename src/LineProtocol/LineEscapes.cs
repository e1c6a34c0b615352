using System.Text;

namespace NocMonitor.LineProtocol;

/// <summary>Takes the escapes out of raw parts of a line. The output is never longer than the input.</summary>
public static class LineEscapes
{
    /// <summary>Unescapes a measurement, where comma and space can be escaped. Gives the count of bytes written.</summary>
    public static int UnescapeMeasurement(ReadOnlySpan<byte> raw, Span<byte> output) => Unescape(raw, output, ", "u8, ", "u8);

    /// <summary>Unescapes a tag key, tag value or field key, where comma, equals sign and space can be escaped.</summary>
    public static int UnescapeKey(ReadOnlySpan<byte> raw, Span<byte> output) => Unescape(raw, output, ",= "u8, ",= "u8);

    /// <summary>Unescapes a string field: <c>\" \\ \n \r \t</c>.</summary>
    public static int UnescapeText(ReadOnlySpan<byte> raw, Span<byte> output) => Unescape(raw, output, "\"\\nrt"u8, "\"\\\n\r\t"u8);

    public static string Measurement(ReadOnlySpan<byte> raw) => ToString(raw, UnescapeMeasurement);

    public static string Key(ReadOnlySpan<byte> raw) => ToString(raw, UnescapeKey);

    public static string Text(ReadOnlySpan<byte> raw) => ToString(raw, UnescapeText);

    private static int Unescape(ReadOnlySpan<byte> raw, Span<byte> output, ReadOnlySpan<byte> escapes, ReadOnlySpan<byte> meanings)
    {
        var written = 0;
        while (raw.IndexOf((byte)'\\') is var index and >= 0)
        {
            raw[..index].CopyTo(output[written..]);
            written += index;
            var known = index + 1 < raw.Length ? escapes.IndexOf(raw[index + 1]) : -1;
            output[written++] = known < 0 ? (byte)'\\' : meanings[known];
            raw = raw[(index + (known < 0 ? 1 : 2))..];
        }

        raw.CopyTo(output[written..]);
        return written + raw.Length;
    }

    private static string ToString(ReadOnlySpan<byte> raw, UnescapeAction unescape)
    {
        if (!raw.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(raw);
        }

        var output = raw.Length <= 256 ? stackalloc byte[256] : new byte[raw.Length];
        return Encoding.UTF8.GetString(output[..unescape(raw, output)]);
    }

    private delegate int UnescapeAction(ReadOnlySpan<byte> raw, Span<byte> output);
}

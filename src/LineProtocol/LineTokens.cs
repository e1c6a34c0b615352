using System.Buffers;

namespace NocMonitor.LineProtocol;

/// <summary>
/// Where the parts of a line end. A backslash escapes only the characters that its part names; before any other it stands for itself
/// (github.com/influxdata/line-protocol, line-protocol.ebnf).
/// </summary>
internal static class LineTokens
{
    private const string NotPrintable =
        "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000a\u000b\u000c\u000d\u000e\u000f" +
        "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f\u007f";

    private static readonly SearchValues<byte> MeasurementStops = Bytes(", \\" + NotPrintable);
    private static readonly SearchValues<byte> KeyStops = Bytes(",= \\" + NotPrintable);
    private static readonly SearchValues<byte> TextStops = Bytes("\"\\");
    private static readonly SearchValues<byte> CommentStops = Bytes(NotPrintable);
    private static readonly SearchValues<byte> ValueStops = Bytes(", \r\n");

    /// <summary>The end of a measurement: an unescaped comma, space or control character, or the end of the text.</summary>
    public static int EndOfMeasurement(ReadOnlySpan<byte> text, int start, out bool escaped) =>
        EndOf(text, start, MeasurementStops, ", "u8, out escaped);

    /// <summary>The end of a tag key, tag value or field key: as of a measurement, and an equals sign.</summary>
    public static int EndOfKey(ReadOnlySpan<byte> text, int start, out bool escaped) =>
        EndOf(text, start, KeyStops, ",= "u8, out escaped);

    /// <summary>The closing quote of a string, or the end of the text.</summary>
    public static int EndOfText(ReadOnlySpan<byte> text, int start, out bool escaped) =>
        EndOf(text, start, TextStops, "\"\\nrt"u8, out escaped);

    /// <summary>The first character that a comment may not hold; that is its line end when all is well.</summary>
    public static int EndOfComment(ReadOnlySpan<byte> text, int start) => IndexOrEnd(text, start, CommentStops);

    /// <summary>The end of a number or boolean.</summary>
    public static int EndOfValue(ReadOnlySpan<byte> text, int start) => IndexOrEnd(text, start, ValueStops);

    private static int EndOf(ReadOnlySpan<byte> text, int start, SearchValues<byte> stops, ReadOnlySpan<byte> escapable, out bool escaped)
    {
        escaped = false;
        var position = IndexOrEnd(text, start, stops);
        while ((uint)position < (uint)text.Length && text[position] == '\\')
        {
            escaped = true;
            position++;
            if (position < text.Length && escapable.Contains(text[position]))
            {
                position++;
            }

            position = IndexOrEnd(text, position, stops);
        }

        return position;
    }

    private static int IndexOrEnd(ReadOnlySpan<byte> text, int start, SearchValues<byte> stops)
    {
        var index = text[start..].IndexOfAny(stops);
        return index < 0 ? text.Length : start + index;
    }

    private static SearchValues<byte> Bytes(string ascii) => SearchValues.Create(Array.ConvertAll(ascii.ToCharArray(), c => (byte)c));
}

using System.Buffers;

namespace NocMonitor.Collector.Ingest.RemoteWrite;

/// <summary>
/// Writes names and values of labels as line protocol has them, by the rules of its writer: what has a meaning there is escaped, a control character
/// becomes a space, and backslashes at the end go, since they would escape what follows.
/// </summary>
internal static class LabelText
{
    private static readonly SearchValues<byte> Special = SearchValues.Create([.. Enumerable.Range(0, 33).Select(code => (byte)code), .. ",=\\\x7f"u8]);

    /// <summary>A text of which nothing can be written.</summary>
    public static bool IsEmpty(ReadOnlySpan<byte> text) => text.TrimEnd((byte)'\\').IsEmpty;

    /// <param name="escaped">What is escaped besides: commas and spaces, and in tags the equals sign.</param>
    public static void Write(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> text, ReadOnlySpan<byte> escaped)
    {
        if (!text.ContainsAny(Special))
        {
            output.Write(text);
            return;
        }

        text = text.TrimEnd((byte)'\\');
        var room = output.GetSpan(text.Length * 2);
        var length = 0;
        foreach (var letter in text)
        {
            var shown = letter < ' ' || letter == 0x7F ? (byte)' ' : letter;
            if (escaped.Contains(shown))
            {
                room[length++] = (byte)'\\';
            }

            room[length++] = shown;
        }

        output.Advance(length);
    }
}

using System.Globalization;
using System.Text;

namespace NocMonitor.Collector.Notify.Mail;

/// <summary>Writes a mail as RFC 5322 and MIME text: plain text and HTML as alternatives, UTF-8 in quoted-printable.</summary>
internal sealed class MailText
{
    private const int LongestLine = 76;

    public required string From { get; init; }

    public required IReadOnlyCollection<string> To { get; init; }

    public required string Subject { get; init; }

    public required DateTimeOffset Date { get; init; }

    /// <summary>Without angle brackets. The same for each try, so that a mail program shows a repeated one once.</summary>
    public required string MessageId { get; init; }

    /// <summary>What mail programs gather a thread by; without angle brackets, empty for none.</summary>
    public required string ThreadId { get; init; }

    public required string Plain { get; init; }

    public required string Html { get; init; }

    public byte[] ToBytes()
    {
        var boundary = $"=_{MessageId.Split('@')[0]}";
        var text = new StringBuilder();
        Header(text, "From", From);
        Header(text, "To", string.Join(",\r\n ", To));
        Header(text, "Subject", EncodeWords(Subject));
        Header(text, "Date", Date.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture));
        Header(text, "Message-ID", $"<{MessageId}>");
        if (ThreadId.Length > 0)
        {
            Header(text, "References", $"<{ThreadId}>");
        }

        // RFC 3834: no out-of-office note in answer to a page.
        Header(text, "Auto-Submitted", "auto-generated");
        Header(text, "X-Auto-Response-Suppress", "All");
        Header(text, "MIME-Version", "1.0");
        Header(text, "Content-Type", $"multipart/alternative; boundary=\"{boundary}\"");
        Part(text, boundary, "text/plain", Plain);
        Part(text, boundary, "text/html", Html);
        text.Append("\r\n--").Append(boundary).Append("--\r\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static void Header(StringBuilder text, string name, string value) => text.Append(name).Append(": ").Append(value).Append("\r\n");

    private static void Part(StringBuilder text, string boundary, string type, string body)
    {
        text.Append("\r\n--").Append(boundary).Append("\r\n");
        Header(text, "Content-Type", $"{type}; charset=utf-8");
        Header(text, "Content-Transfer-Encoding", "quoted-printable");
        text.Append("\r\n");
        foreach (var line in body.ReplaceLineEndings("\n").Split('\n'))
        {
            AppendQuoted(text, Encoding.UTF8.GetBytes(line));
            text.Append("\r\n");
        }
    }

    /// <summary>Quoted-printable (RFC 2045, 6.7): soft line breaks before column 77, blanks at a line's end encoded.</summary>
    private static void AppendQuoted(StringBuilder text, ReadOnlySpan<byte> line)
    {
        var column = 0;
        for (var i = 0; i < line.Length; i++)
        {
            var last = i == line.Length - 1;
            var plain = line[i] is >= 0x21 and <= 0x7E and not (byte)'=' || (line[i] is (byte)' ' or (byte)'\t' && !last);
            var width = plain ? 1 : 3;
            if (column + width > LongestLine - 1)
            {
                text.Append("=\r\n");
                column = 0;
            }

            if (plain)
            {
                text.Append((char)line[i]);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"={line[i]:X2}");
            }

            column += width;
        }
    }

    /// <summary>
    /// A header's text: as it is when plain ASCII that fits, else encoded words (RFC 2047) of whole letters. Line ends become blanks, so that a
    /// summary cannot add a header.
    /// </summary>
    internal static string EncodeWords(string text)
    {
        const int bytesPerWord = 42;
        var clean = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
        if (clean.Length <= LongestLine - "Subject: ".Length && clean.All(char.IsAscii) && !clean.Contains("=?", StringComparison.Ordinal))
        {
            return clean;
        }

        var words = new List<string>();
        var word = new MemoryStream();
        Span<byte> letter = stackalloc byte[4];
        foreach (var rune in clean.EnumerateRunes())
        {
            var count = rune.EncodeToUtf8(letter);
            if (word.Length + count > bytesPerWord)
            {
                words.Add(Encoded(word));
            }

            word.Write(letter[..count]);
        }

        words.Add(Encoded(word));
        return string.Join("\r\n ", words);
    }

    private static string Encoded(MemoryStream word)
    {
        var text = $"=?utf-8?B?{Convert.ToBase64String(word.ToArray())}?=";
        word.SetLength(0);
        return text;
    }
}

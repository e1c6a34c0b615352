using System.Buffers.Text;
using System.Text;

namespace NocMonitor.Probes.Http;

/// <summary>
/// Status line and headers of an answer, as far as the probe needs them (RFC 9112). Lenient where servers are sloppy and nobody can be misled (bare
/// line feeds, folded lines), strict about lengths.
/// </summary>
/// <param name="Reason">The words behind the status code, printable and short.</param>
/// <param name="ContentLength">Null when the answer names none.</param>
/// <param name="Close">The server will close the connection after the answer.</param>
internal sealed record HttpHead(int Status, string Reason, long? ContentLength, bool Chunked, bool Close, string? Location)
{
    public const string NotHttp = "the answer is not HTTP/1";

    private const int LongestReason = 80;
    private const int LongestLocation = 8192;

    private static ReadOnlySpan<byte> Version => "HTTP/1."u8;

    /// <summary>Whether bytes can be the beginning of an answer; a server of another protocol is known by its first words.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> bytes)
    {
        var length = Math.Min(bytes.Length, Version.Length);
        return bytes[..length].SequenceEqual(Version[..length]);
    }

    /// <summary>The length of the head with its empty line; 0 while that has not come.</summary>
    /// <param name="searched">How many of the bytes an earlier call has searched in vain.</param>
    public static int FindEnd(ReadOnlySpan<byte> bytes, int searched)
    {
        // An end is found by its first line feed, and at most two bytes behind that decide.
        for (var at = Math.Max(0, searched - 2); at < bytes.Length; at++)
        {
            var feed = bytes[at..].IndexOf((byte)'\n');
            if (feed < 0)
            {
                return 0;
            }

            at += feed;
            var next = bytes[(at + 1)..];
            if (next.StartsWith("\n"u8) || next.StartsWith("\r\n"u8))
            {
                return at + (next[0] == '\n' ? 2 : 3);
            }
        }

        return 0;
    }

    /// <summary>Parses a whole head. Gives null and what is wrong when it is none.</summary>
    public static (HttpHead? Head, string Error) Parse(ReadOnlySpan<byte> bytes)
    {
        var line = NextLine(ref bytes);
        if (!line.StartsWith(Version) || line.Length < 12 || line[8] != ' ' || !Utf8Parser.TryParse(line.Slice(9, 3), out int status, out var used) || used != 3
            || status < 100)
        {
            return (null, NotHttp);
        }

        var fields = new HeadFields { Close = line[7] == '0' };
        while (!bytes.IsEmpty)
        {
            var field = NextLine(ref bytes);
            if (!field.IsEmpty && field[0] is not ((byte)' ' or (byte)'\t') && !fields.Take(field))
            {
                return (null, "the answer names more than one length, or one that is no number");
            }
        }

        return (new HttpHead(status, Printable(line[12..]), fields.Chunked ? null : fields.Length, fields.Chunked, fields.Close, fields.Location), "");
    }

    /// <summary>Whether a body follows (RFC 9112, 6.3).</summary>
    public bool HasBody(string method) => method != "HEAD" && Status is >= 200 and not 204 and not 304;

    private static ReadOnlySpan<byte> NextLine(ref ReadOnlySpan<byte> bytes)
    {
        var feed = bytes.IndexOf((byte)'\n');
        var line = feed < 0 ? bytes : bytes[..feed];
        bytes = feed < 0 ? default : bytes[(feed + 1)..];
        return line.TrimEnd((byte)'\r');
    }

    private static string Printable(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, LongestReason)]).Trim();
        return string.Concat(text.Select(letter => char.IsControl(letter) ? '?' : letter));
    }

    private struct HeadFields
    {
        public bool Close;
        public bool Chunked;
        public long? Length;
        public string? Location;

        /// <summary>False when the field makes the length of the body uncertain.</summary>
        public bool Take(ReadOnlySpan<byte> field)
        {
            var colon = field.IndexOf((byte)':');
            if (colon <= 0)
            {
                return true;
            }

            var value = field[(colon + 1)..].Trim(" \t"u8);
            switch (colon)
            {
                case 14 when Is(field[..colon], "content-length"u8):
                    return TakeLength(value);
                case 17 when Is(field[..colon], "transfer-encoding"u8):
                    Chunked = EndsWithWord(value, "chunked"u8);
                    return Chunked;
                case 10 when Is(field[..colon], "connection"u8):
                    Close |= ContainsWord(value, "close"u8);
                    Close &= !ContainsWord(value, "keep-alive"u8);
                    return true;
                case 8 when Is(field[..colon], "location"u8) && value.Length <= LongestLocation:
                    Location = Encoding.UTF8.GetString(value);
                    return true;
                default:
                    return true;
            }
        }

        private bool TakeLength(ReadOnlySpan<byte> value)
        {
            if (value.IsEmpty || value.Length > 18 || value.ContainsAnyExceptInRange((byte)'0', (byte)'9') || !Utf8Parser.TryParse(value, out long length, out _)
                || (Length is { } known && known != length))
            {
                return false;
            }

            Length = length;
            return true;
        }

        private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> lower) => Ascii.EqualsIgnoreCase(name, lower);

        private static bool EndsWithWord(ReadOnlySpan<byte> value, ReadOnlySpan<byte> lower) =>
            value.Length >= lower.Length && Is(value[^lower.Length..], lower);

        private static bool ContainsWord(ReadOnlySpan<byte> value, ReadOnlySpan<byte> lower)
        {
            foreach (var range in value.Split((byte)','))
            {
                if (Is(value[range].Trim(" \t"u8), lower))
                {
                    return true;
                }
            }

            return false;
        }
    }
}

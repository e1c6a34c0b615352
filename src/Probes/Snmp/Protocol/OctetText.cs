using System.Text;
using System.Text.Unicode;

namespace NocMonitor.Probes.Snmp.Protocol;

/// <summary>Octet strings for people: most are text in UTF-8 or in an older code, some are addresses and bit fields.</summary>
public static class OctetText
{
    /// <summary>
    /// The octets as text when they are text (UTF-8, or Latin-1 where it is not, without control characters other than tab and line ends), the NULs
    /// behind it taken away as some devices send them. False when they are no text.
    /// </summary>
    public static bool TryGetText(ReadOnlySpan<byte> octets, out string text)
    {
        text = "";
        var trimmed = octets.TrimEnd((byte)0);
        if (trimmed.IsEmpty)
        {
            return octets.IsEmpty;
        }

        foreach (var value in trimmed)
        {
            if (value is < 0x20 and not ((byte)'\t' or (byte)'\r' or (byte)'\n') or 0x7F)
            {
                return false;
            }
        }

        if (Utf8.IsValid(trimmed))
        {
            text = Encoding.UTF8.GetString(trimmed);
            return true;
        }

        text = Encoding.Latin1.GetString(trimmed);
        return !text.AsSpan().ContainsAnyInRange('\u0080', '\u009f');
    }

    /// <summary>Text, or hexadecimal with colons.</summary>
    public static string ToText(ReadOnlySpan<byte> octets) => TryGetText(octets, out var text) ? text : ToHex(octets);

    /// <summary>Two digits an octet, with colons, as hardware addresses are written.</summary>
    public static string ToHex(ReadOnlySpan<byte> octets)
    {
        var text = new StringBuilder(octets.Length * 3);
        foreach (var value in octets)
        {
            text.Append(text.Length > 0 ? ":" : "").Append(Digit(value >> 4)).Append(Digit(value & 15));
        }

        return text.ToString();
    }

    private static char Digit(int value) => (char)(value < 10 ? '0' + value : 'a' + value - 10);
}

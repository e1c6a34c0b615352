using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace NocMonitor.Testing.Snmp;

/// <summary>
/// What a device answered once: lines <c>OID|TAG|VALUE</c>, the tag in decimal, followed by <c>x</c> for a value in hex or <c>e</c> for one with backslash
/// escapes. Recordings are dirty: lines out of order, doubled ones (the first counts), NULL values and lines that mean nothing (left out), CRLF, hex that is none (taken as text).
/// </summary>
public sealed class SnmpRecording
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private SnmpRecording(MibObject[] objects, int dropped)
    {
        Objects = objects;
        Dropped = dropped;
    }

    /// <summary>How many lines were left out.</summary>
    public int Dropped { get; }

    public int Count => Objects.Length;

    /// <summary>In the order of their names, each name once.</summary>
    internal MibObject[] Objects { get; }

    public static SnmpRecording Load(string file) => ParseBytes(File.ReadAllText(file, Encoding.Latin1));

    public static SnmpRecording Parse(string text) => ParseBytes(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text)));

    /// <param name="text">A character a byte, so that values that are no text stay what they are.</param>
    private static SnmpRecording ParseBytes(string text)
    {
        var objects = new List<MibObject>();
        var dropped = 0;
        foreach (var line in text.Split('\n'))
        {
            if (line.Trim().Length == 0 || line.StartsWith('#'))
            {
                continue;
            }

            if (TryParse(line.TrimEnd('\r')) is { } parsed)
            {
                objects.Add(parsed);
            }
            else
            {
                dropped++;
            }
        }

        // A stable sort, so that of doubled names the first line comes first.
        var sorted = objects.OrderBy(found => found.Name, Comparer<byte[]>.Create((left, right) => OidBytes.Compare(left, right))).ToList();
        var kept = sorted.Where((found, i) => i == 0 || !found.Name.AsSpan().SequenceEqual(sorted[i - 1].Name)).ToArray();
        return new SnmpRecording(kept, dropped + sorted.Count - kept.Length);
    }

    private static MibObject? TryParse(string line)
    {
        var parts = line.Split('|', 3);
        if (parts.Length < 3 || !IsName(parts[0].Trim()))
        {
            return null;
        }

        var kind = parts[1].Trim();
        var digits = kind.TrimEnd('x', 'e');
        if (!byte.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var tag) || tag == Ber.Null)
        {
            return null;
        }

        var content = Content(tag, kind[digits.Length..], parts[2]);
        return content is null ? null : new MibObject(OidBytes.Encode(parts[0].Trim()), tag, content);
    }

    private static bool IsName(string text)
    {
        var arcs = text.TrimStart('.').Split('.');
        return arcs.Length > 1 && arcs.All(arc => uint.TryParse(arc, NumberStyles.None, CultureInfo.InvariantCulture, out _));
    }

    private static byte[]? Content(byte tag, string encoding, string value) => encoding switch
    {
        "x" => IsHex(value.Trim()) ? Convert.FromHexString(value.Trim()) : Bytes(value),
        "e" => Unescape(value),
        _ => Plain(tag, value),
    };

    private static bool IsHex(ReadOnlySpan<char> value) => value.Length % 2 == 0 && !value.ContainsAnyExcept(HexDigits);

    private static byte[]? Plain(byte tag, string value) => tag switch
    {
        0x02 => long.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? Ber.Signed(number) : null,
        0x41 or 0x42 or 0x43 or 0x46 or 0x47 => Number(value),
        0x06 => value.Trim() is { Length: > 0 } name && IsName(name) ? OidBytes.Encode(name) : null,
        0x40 => IPAddress.TryParse(value.Trim(), out var address) ? address.GetAddressBytes() : null,
        _ => Bytes(value),
    };

    /// <summary>Some recorders print large unsigned values as negative ones.</summary>
    private static byte[]? Number(string value) =>
        ulong.TryParse(value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Ber.Unsigned(number)
        : long.TryParse(value.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var negative) ? Ber.Unsigned((uint)negative)
        : null;

    private static byte[] Unescape(string value)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\' || i + 1 == value.Length)
            {
                bytes.Add((byte)value[i]);
            }
            else if (value[++i] == 'x' && i + 2 < value.Length && IsHex(value.AsSpan(i + 1, 2)))
            {
                bytes.AddRange(Convert.FromHexString(value.AsSpan(i + 1, 2)));
                i += 2;
            }
            else
            {
                bytes.Add(value[i] switch { 'n' => (byte)'\n', 'r' => (byte)'\r', 't' => (byte)'\t', '0' => 0, _ => (byte)value[i] });
            }
        }

        return [.. bytes];
    }

    private static byte[] Bytes(string value) => Encoding.Latin1.GetBytes(value);
}

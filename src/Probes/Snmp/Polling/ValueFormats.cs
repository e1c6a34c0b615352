using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using NocMonitor.LineProtocol;
using NocMonitor.Probes.Snmp.Profiles;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Polling;

/// <summary>Cells of a device as values of fields.</summary>
internal static class ValueFormats
{
    /// <summary>The value as the device's type says.</summary>
    public static bool TryRaw(CellView cell, out FieldValue value)
    {
        value = cell.Type switch
        {
            SnmpType.Counter64 => FieldValue.Of(cell.Bits),
            SnmpType.Integer or SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks => FieldValue.Of(unchecked((long)cell.Bits)),
            SnmpType.OpaqueFloat or SnmpType.OpaqueDouble => FieldValue.Of(cell.Number),
            SnmpType.ObjectIdentifier => FieldValue.Of(Oid.ToText(cell.Bytes)),
            SnmpType.IpAddress => FieldValue.Of(Address(cell.Bytes) ?? ""),
            _ => FieldValue.Of(OctetText.ToText(cell.Bytes).Trim()),
        };
        return value.Kind != FieldKind.Float || double.IsFinite(value.Float);
    }

    /// <summary>The value as the symbol's format says; numbers are made of it later.</summary>
    public static bool TryRead(ProfileSymbol symbol, CellView cell, out FieldValue value)
    {
        if (cell.IsWhole || cell.IsFloat)
        {
            return TryRaw(cell, out value);
        }

        var bytes = cell.Bytes;
        string? text;
        switch (symbol.Format)
        {
            case ValueFormat.BigEndian or ValueFormat.LittleEndian:
                value = FieldValue.Of(Number(bytes, symbol.Format == ValueFormat.BigEndian));
                return bytes.Length is > 0 and <= 8;
            case ValueFormat.Hex:
                text = OctetText.ToHex(bytes);
                break;
            case ValueFormat.MacAddress:
                text = bytes.Length is 6 or 8 ? OctetText.ToHex(bytes) : OctetText.ToText(bytes).Trim();
                break;
            case ValueFormat.IpAddress:
                text = Address(bytes);
                break;
            case ValueFormat.DateAndTime:
                text = Date(bytes);
                break;
            case ValueFormat.Bits:
                text = Bits(bytes, symbol.Words);
                break;
            case ValueFormat.Text when cell.Type == SnmpType.OctetString:
                text = OctetText.TryGetText(bytes, out var found) ? found.Trim() : Encoding.Latin1.GetString(bytes).Trim('\0').Trim();
                break;
            default:
                return TryRaw(cell, out value);
        }

        value = FieldValue.Of(text ?? "");
        return text is not null;
    }

    /// <summary>Makes the number that the format asks for; false when there is none.</summary>
    public static bool TryFinish(ValueFormat format, ref FieldValue value)
    {
        switch (format)
        {
            case ValueFormat.Integer when value.Kind is not (FieldKind.Integer or FieldKind.Unsigned):
                var number = Math.Round(ValueNumbers.Of(value));
                value = number is >= 9.2233720368547758e18 and < 1.8446744073709552e19 ? FieldValue.Of((ulong)number) : FieldValue.Of((long)number);
                return double.IsFinite(number);
            case ValueFormat.Float:
                value = FieldValue.Of(ValueNumbers.Of(value));
                return double.IsFinite(value.Float);
            case ValueFormat.Text:
                value = FieldValue.Of(value.ToString());
                return true;
            default:
                return true;
        }
    }

    /// <summary>What the symbol's patterns make of the value; false when they do not match.</summary>
    public static bool TryMatch(ProfileSymbol symbol, ref FieldValue value)
    {
        var text = value.ToString();
        if (symbol.Extract is { } extract)
        {
            if (PatternMatch.Find(extract, text) is not { } match)
            {
                return false;
            }

            text = match.Groups.Count > 1 ? match.Groups[1].Value : match.Value;
        }

        if (symbol.Match is { } pattern)
        {
            if (PatternMatch.Find(pattern, text) is not { } match)
            {
                return false;
            }

            text = symbol.MatchValue is { } made ? match.Result(made) : match.Value;
        }

        value = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? FieldValue.Of(number)
            : FieldValue.Of(text);
        return true;
    }

    /// <summary>An IPv4 or IPv6 address from its octets, with a zone behind them or as text; null when it is none.</summary>
    public static string? Address(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        4 or 16 => new IPAddress(bytes).ToString(),
        8 or 20 => $"{new IPAddress(bytes[..^4])}%{BinaryPrimitives.ReadUInt32BigEndian(bytes[^4..])}",
        _ => OctetText.TryGetText(bytes, out var text) && IPAddress.TryParse(text, out var address) ? address.ToString() : null,
    };

    /// <summary>DateAndTime of SNMPv2-TC in ISO 8601; null when it is none.</summary>
    private static string? Date(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is not (8 or 11))
        {
            return null;
        }

        var year = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        var text = string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{bytes[2]:00}-{bytes[3]:00}T{bytes[4]:00}:{bytes[5]:00}:{bytes[6]:00}");
        return bytes.Length == 8 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}{(char)bytes[8]}{bytes[9]:00}:{bytes[10]:00}");
    }

    /// <summary>Bit 0 is the highest of the first octet (RFC 2578 section 7.1.4).</summary>
    private static string Bits(ReadOnlySpan<byte> bytes, SymbolWords? words)
    {
        var names = new List<string>();
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            if ((bytes[bit / 8] & (0x80 >> (bit % 8))) != 0)
            {
                names.Add(words?.Find(bit) ?? bit.ToString(CultureInfo.InvariantCulture));
            }
        }

        return string.Join(',', names);
    }

    private static long Number(ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        ulong number = 0;
        for (var i = 0; i < Math.Min(bytes.Length, 8); i++)
        {
            number = (number << 8) | bytes[bigEndian ? i : bytes.Length - 1 - i];
        }

        return unchecked((long)number);
    }
}

using System.Buffers.Binary;

namespace NocMonitor.Probes.Snmp.Protocol;

/// <summary>One variable binding as it stands in a message. Valid while the datagram's buffer is; <see cref="ToValue"/> keeps it longer.</summary>
public readonly ref struct VarbindView
{
    private const byte UInteger32 = 0x47;

    // Tags of the numbers that net-snmp wraps into an Opaque: 9F, then one of these.
    private const byte OpaqueCounter64 = 0x76;
    private const byte OpaqueInt64 = 0x7A;
    private const byte OpaqueUInt64 = 0x7B;

    internal VarbindView(ReadOnlySpan<byte> name, byte tag, ReadOnlySpan<byte> content)
    {
        Name = name;
        Content = content;
        Type = (SnmpType)tag;
        if (Type is SnmpType.Opaque or SnmpType.OpaqueFloat or SnmpType.OpaqueDouble)
        {
            // The tags of the floats stand inside an Opaque only; what has one outside is no float of a known length.
            Type = SnmpType.Opaque;
            if (Unwrap(content, out var inner) is { } type)
            {
                Type = type;
                Content = inner;
            }
        }
        else if (tag == UInteger32)
        {
            Type = SnmpType.Gauge32;
        }
    }

    /// <summary>The encoded object identifier, well-formed.</summary>
    public ReadOnlySpan<byte> Name { get; }

    public SnmpType Type { get; }

    /// <summary>The value's content bytes; of a number inside an Opaque, the number's.</summary>
    public ReadOnlySpan<byte> Content { get; }

    public bool IsException => Type.IsException();

    /// <summary>A whole number of any type, when it fits.</summary>
    public bool TryGetInt64(out long value)
    {
        if (Type == SnmpType.Integer)
        {
            return BerNumber.TryReadSigned(Content, out value);
        }

        var read = TryGetUInt64(out var number) && number <= long.MaxValue;
        value = read ? (long)number : 0;
        return read;
    }

    /// <summary>A whole number of any type that is not negative.</summary>
    public bool TryGetUInt64(out ulong value)
    {
        value = 0;
        switch (Type)
        {
            case SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks:
                return BerNumber.TryReadUnsigned(Content, 32, out value);
            case SnmpType.Counter64:
                return BerNumber.TryReadUnsigned(Content, 64, out value);
            case SnmpType.Integer:
                var read = BerNumber.TryReadSigned(Content, out var signed) && signed >= 0;
                value = read ? (ulong)signed : 0;
                return read;
            default:
                return false;
        }
    }

    /// <summary>A number of any type, whole or float.</summary>
    public bool TryGetDouble(out double value)
    {
        value = Type switch
        {
            SnmpType.OpaqueFloat => BinaryPrimitives.ReadSingleBigEndian(Content),
            SnmpType.OpaqueDouble => BinaryPrimitives.ReadDoubleBigEndian(Content),
            SnmpType.Integer => TryGetInt64(out var signed) ? signed : double.NaN,
            _ => TryGetUInt64(out var number) ? number : double.NaN,
        };
        return !double.IsNaN(value);
    }

    /// <summary>A copy that outlives the datagram.</summary>
    public SnmpValue ToValue() => SnmpValue.From(this);

    /// <summary>The value in words, as <see cref="SnmpValue.ToString"/> gives it.</summary>
    public override string ToString() => $"{Oid.ToText(Name)} = {ToValue()}";

    /// <summary>The number inside an Opaque: its type and its content; null when the Opaque holds something else.</summary>
    private static SnmpType? Unwrap(ReadOnlySpan<byte> content, out ReadOnlySpan<byte> inner)
    {
        inner = default;
        if (content.Length < 3 || content[0] != 0x9F || content[2] != content.Length - 3)
        {
            return null;
        }

        inner = content[3..];
        return (content[1], inner.Length) switch
        {
            ((byte)SnmpType.OpaqueFloat, 4) => SnmpType.OpaqueFloat,
            ((byte)SnmpType.OpaqueDouble, 8) => SnmpType.OpaqueDouble,
            (OpaqueCounter64, _) => SnmpType.Counter64,
            (OpaqueUInt64, _) => SnmpType.Counter64,
            (OpaqueInt64, _) => SnmpType.Integer,
            _ => null,
        };
    }
}

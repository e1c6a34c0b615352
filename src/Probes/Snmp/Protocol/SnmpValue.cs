using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace NocMonitor.Probes.Snmp.Protocol;

/// <summary>A value that was kept: its type and a number, or its bytes. Immutable.</summary>
public readonly struct SnmpValue : IEquatable<SnmpValue>
{
    private readonly ulong _bits;
    private readonly byte[]? _bytes;

    private SnmpValue(SnmpType type, ulong bits, byte[]? bytes)
    {
        Type = type;
        _bits = bits;
        _bytes = bytes;
    }

    public SnmpType Type { get; }

    /// <summary>The content bytes of what is not a number; empty for numbers.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    public bool IsException => Type.IsException();

    public static SnmpValue Null => new(SnmpType.Null, 0, null);

    public static SnmpValue NoSuchObject => new(SnmpType.NoSuchObject, 0, null);

    public static SnmpValue NoSuchInstance => new(SnmpType.NoSuchInstance, 0, null);

    public static SnmpValue EndOfMibView => new(SnmpType.EndOfMibView, 0, null);

    public static SnmpValue Integer(long value) => new(SnmpType.Integer, unchecked((ulong)value), null);

    public static SnmpValue Counter32(uint value) => new(SnmpType.Counter32, value, null);

    public static SnmpValue Counter64(ulong value) => new(SnmpType.Counter64, value, null);

    public static SnmpValue Gauge32(uint value) => new(SnmpType.Gauge32, value, null);

    /// <param name="hundredths">Hundredths of a second.</param>
    public static SnmpValue TimeTicks(uint hundredths) => new(SnmpType.TimeTicks, hundredths, null);

    public static SnmpValue Double(double value) => new(SnmpType.OpaqueDouble, BitConverter.DoubleToUInt64Bits(value), null);

    public static SnmpValue Float(float value) => new(SnmpType.OpaqueFloat, BitConverter.DoubleToUInt64Bits(value), null);

    public static SnmpValue OctetString(ReadOnlySpan<byte> value) => new(SnmpType.OctetString, 0, value.ToArray());

    public static SnmpValue Text(string value) => new(SnmpType.OctetString, 0, System.Text.Encoding.UTF8.GetBytes(value));

    public static SnmpValue ObjectIdentifier(Oid value) => new(SnmpType.ObjectIdentifier, 0, value.Encoded.ToArray());

    /// <param name="value">An IPv4 address; the type knows no other.</param>
    public static SnmpValue IpAddress(IPAddress value) => new(SnmpType.IpAddress, 0, value.GetAddressBytes());

    /// <summary>A value of any other type by its content bytes, such as an Opaque that holds no number.</summary>
    public static SnmpValue OfBytes(SnmpType type, ReadOnlySpan<byte> content) => new(type, 0, content.ToArray());

    internal static SnmpValue From(in VarbindView view) => view.Type switch
    {
        SnmpType.Integer when view.TryGetInt64(out var number) => Integer(number),
        SnmpType.Counter32 or SnmpType.Counter64 or SnmpType.Gauge32 or SnmpType.TimeTicks when view.TryGetUInt64(out var number) =>
            new SnmpValue(view.Type, number, null),
        SnmpType.OpaqueFloat => Float(BinaryPrimitives.ReadSingleBigEndian(view.Content)),
        SnmpType.OpaqueDouble => Double(BinaryPrimitives.ReadDoubleBigEndian(view.Content)),
        SnmpType.Null or SnmpType.NoSuchObject or SnmpType.NoSuchInstance or SnmpType.EndOfMibView => new SnmpValue(view.Type, 0, null),
        _ => new SnmpValue(view.Type, 0, view.Content.ToArray()),
    };

    /// <summary>A whole number of any type, when it fits.</summary>
    public bool TryGetInt64(out long value)
    {
        var fits = IsWhole && (Type == SnmpType.Integer || _bits <= long.MaxValue);
        value = fits ? unchecked((long)_bits) : 0;
        return fits;
    }

    /// <summary>A whole number of any type that is not negative.</summary>
    public bool TryGetUInt64(out ulong value)
    {
        var fits = IsWhole && (Type != SnmpType.Integer || _bits <= long.MaxValue);
        value = fits ? _bits : 0;
        return fits;
    }

    /// <summary>A number of any type, whole or float.</summary>
    public bool TryGetDouble(out double value)
    {
        value = Type switch
        {
            SnmpType.OpaqueFloat or SnmpType.OpaqueDouble => Real,
            SnmpType.Integer when IsWhole => unchecked((long)_bits),
            _ => IsWhole ? _bits : double.NaN,
        };
        return !double.IsNaN(value);
    }

    /// <summary>The identifier that this value is, when it is one.</summary>
    public bool TryGetOid(out Oid value)
    {
        value = Type == SnmpType.ObjectIdentifier ? Oid.FromEncoded(Bytes) : default;
        return Type == SnmpType.ObjectIdentifier;
    }

    /// <summary>The value for a person: a number, an address, dotted numbers, text where the octets are text, else octets in hexadecimal.</summary>
    public override string ToString() => Type switch
    {
        SnmpType.Null => "null",
        SnmpType.NoSuchObject => "no such object",
        SnmpType.NoSuchInstance => "no such instance",
        SnmpType.EndOfMibView => "end of MIB view",
        SnmpType.ObjectIdentifier => Oid.ToText(Bytes),
        SnmpType.IpAddress when Bytes.Length is 4 or 16 => new IPAddress(Bytes).ToString(),
        SnmpType.OpaqueFloat or SnmpType.OpaqueDouble => Real.ToString(CultureInfo.InvariantCulture),
        SnmpType.Integer when IsWhole => unchecked((long)_bits).ToString(CultureInfo.InvariantCulture),
        _ => IsWhole ? _bits.ToString(CultureInfo.InvariantCulture) : OctetText.ToText(Bytes),
    };

    public bool Equals(SnmpValue other) => Type == other.Type && _bits == other._bits && Bytes.SequenceEqual(other.Bytes);

    public override bool Equals(object? obj) => obj is SnmpValue other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Type);
        hash.Add(_bits);
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    public static bool operator ==(SnmpValue left, SnmpValue right) => left.Equals(right);

    public static bool operator !=(SnmpValue left, SnmpValue right) => !left.Equals(right);

    /// <summary>The number of a float, also when it is none (NaN).</summary>
    internal double Real => BitConverter.UInt64BitsToDouble(_bits);

    // A number that could not be read is kept as bytes.
    private bool IsWhole => Type.IsInteger() && _bytes is null;
}

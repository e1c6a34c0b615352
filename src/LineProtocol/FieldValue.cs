using System.Globalization;

namespace NocMonitor.LineProtocol;

/// <summary>One typed field value. A value knows its own kind; numbers share one 64-bit slot.</summary>
public readonly struct FieldValue : IEquatable<FieldValue>
{
    private readonly long _bits;
    private readonly string? _text;

    private FieldValue(FieldKind kind, long bits, string? text = null)
    {
        Kind = kind;
        _bits = bits;
        _text = text;
    }

    public FieldKind Kind { get; }

    /// <summary>The value as stored in 64 bits: IEEE 754 bits of a float, two's complement of an integer, 0 or 1 of a boolean; 0 for a string.</summary>
    public long Bits => _bits;

    /// <summary>The value of a <see cref="FieldKind.Float"/>; meaningless for other kinds.</summary>
    public double Float => BitConverter.Int64BitsToDouble(_bits);

    /// <summary>The value of a <see cref="FieldKind.Integer"/>; meaningless for other kinds.</summary>
    public long Integer => _bits;

    /// <summary>The value of a <see cref="FieldKind.Unsigned"/>; meaningless for other kinds.</summary>
    public ulong Unsigned => unchecked((ulong)_bits);

    /// <summary>The value of a <see cref="FieldKind.Boolean"/>; meaningless for other kinds.</summary>
    public bool Boolean => _bits != 0;

    /// <summary>The value of a <see cref="FieldKind.String"/>; empty for other kinds.</summary>
    public string Text => _text ?? "";

    public static FieldValue Of(double value) => new(FieldKind.Float, BitConverter.DoubleToInt64Bits(value));

    public static FieldValue Of(long value) => new(FieldKind.Integer, value);

    public static FieldValue Of(ulong value) => new(FieldKind.Unsigned, unchecked((long)value));

    public static FieldValue Of(bool value) => new(FieldKind.Boolean, value ? 1 : 0);

    public static FieldValue Of(string value) => new(FieldKind.String, 0, value);

    /// <summary>A number or boolean from its 64-bit slot, as <see cref="Bits"/> gives it.</summary>
    public static FieldValue FromBits(FieldKind kind, long bits) => new(kind, bits);

    /// <summary>Numbers as a double, booleans as 0 or 1, NaN for a string.</summary>
    public double AsDouble() => Kind switch
    {
        FieldKind.Float => Float,
        FieldKind.Integer => Integer,
        FieldKind.Unsigned => Unsigned,
        FieldKind.Boolean => Boolean ? 1 : 0,
        _ => double.NaN,
    };

    public bool Equals(FieldValue other) =>
        Kind == other.Kind && _bits == other._bits && string.Equals(_text, other._text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is FieldValue other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Kind, _bits, _text);

    public static bool operator ==(FieldValue left, FieldValue right) => left.Equals(right);

    public static bool operator !=(FieldValue left, FieldValue right) => !left.Equals(right);

    /// <summary>The value in words for a person; line protocol text comes from <see cref="LineWriter"/>.</summary>
    public override string ToString() => Kind switch
    {
        FieldKind.Float => Float.ToString("R", CultureInfo.InvariantCulture),
        FieldKind.Integer => Integer.ToString(CultureInfo.InvariantCulture),
        FieldKind.Unsigned => Unsigned.ToString(CultureInfo.InvariantCulture),
        FieldKind.Boolean => Boolean ? "true" : "false",
        _ => Text,
    };
}

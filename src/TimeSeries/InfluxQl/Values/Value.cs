using NocMonitor.LineProtocol;

namespace NocMonitor.TimeSeries.InfluxQl;

/// <summary>One value of an answer, or none.</summary>
public readonly struct Value
{
    private readonly long _bits;
    private readonly string? _text;

    private Value(ValueType type, long bits, string? text = null)
    {
        Type = type;
        _bits = bits;
        _text = text;
    }

    public static Value None => default;

    public ValueType Type { get; }

    public bool IsNone => Type == ValueType.None;

    /// <summary>The 64 bits of a number, boolean or time.</summary>
    public long Bits => _bits;

    public double Float => BitConverter.Int64BitsToDouble(_bits);

    public long Integer => _bits;

    public ulong Unsigned => unchecked((ulong)_bits);

    public bool Boolean => _bits != 0;

    public string Text => _text ?? "";

    public static Value Of(double value) => new(ValueType.Float, BitConverter.DoubleToInt64Bits(value));

    public static Value Of(long value) => new(ValueType.Integer, value);

    public static Value Of(ulong value) => new(ValueType.Unsigned, unchecked((long)value));

    public static Value Of(bool value) => new(ValueType.Boolean, value ? 1 : 0);

    public static Value Of(string value) => new(ValueType.Text, 0, value);

    public static Value FromBits(ValueType type, long bits) => new(type, bits);

    /// <summary>A time in RFC 3339, in a zone or, without one, in UTC.</summary>
    public string TimeText(TimeZoneInfo? zone) => Language.TimeText.Format(_bits, zone);

    internal bool IsNumber => Type is ValueType.Float or ValueType.Integer or ValueType.Unsigned;

    internal double AsDouble() => Type switch
    {
        ValueType.Float => Float,
        ValueType.Unsigned => Unsigned,
        _ => Integer,
    };

    internal static ValueType TypeOf(FieldKind kind) => kind switch
    {
        FieldKind.Float => ValueType.Float,
        FieldKind.Integer => ValueType.Integer,
        FieldKind.Unsigned => ValueType.Unsigned,
        FieldKind.Boolean => ValueType.Boolean,
        _ => ValueType.Text,
    };
}

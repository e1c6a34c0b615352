using System.Buffers.Binary;

namespace NocMonitor.Probes.Snmp.Protocol;

/// <summary>
/// Writes the content of a VarBindList into a buffer of its owner: names to ask for, or names with values. What does not fit is not written.
/// </summary>
public ref struct VarbindWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;
    private int _length;

    public readonly ReadOnlySpan<byte> Written => _buffer[.._length];

    /// <summary>Bytes that a name to ask for takes.</summary>
    public static int LengthOf(ReadOnlySpan<byte> name)
    {
        var inner = LengthOfElement(name.Length) + 2;
        return LengthOfElement(inner);
    }

    /// <summary>Adds a name without a value, as a request carries it.</summary>
    public bool TryAdd(ReadOnlySpan<byte> name) => TryAdd(name, SnmpValue.Null);

    public bool TryAdd(Oid name, SnmpValue value) => TryAdd(name.Encoded, value);

    public bool TryAdd(ReadOnlySpan<byte> name, SnmpValue value)
    {
        Span<byte> number = stackalloc byte[16];
        var content = ContentOf(value, number);
        var inner = LengthOfElement(name.Length) + LengthOfElement(content.Length);
        if (LengthOfElement(inner) > _buffer.Length - _length)
        {
            return false;
        }

        Begin(Ber.Sequence, inner);
        Begin(Ber.ObjectIdentifier, name.Length);
        Copy(name);
        Begin(value.Type is SnmpType.OpaqueFloat or SnmpType.OpaqueDouble ? (byte)SnmpType.Opaque : (byte)value.Type, content.Length);
        Copy(content);
        return true;
    }

    private static ReadOnlySpan<byte> ContentOf(SnmpValue value, Span<byte> number)
    {
        if (value.Type == SnmpType.Integer && value.TryGetInt64(out var signed))
        {
            BinaryPrimitives.WriteInt64BigEndian(number, signed);
            return BerNumber.Shortest(number[..8]);
        }

        if (value.Type.IsInteger() && value.TryGetUInt64(out var unsigned))
        {
            number[0] = 0;
            BinaryPrimitives.WriteUInt64BigEndian(number[1..], unsigned);
            return BerNumber.Shortest(number[..9]);
        }

        return value.Type is SnmpType.OpaqueFloat or SnmpType.OpaqueDouble ? WriteOpaque(value.Type, value.Real, number) : value.Bytes;
    }

    private static ReadOnlySpan<byte> WriteOpaque(SnmpType type, double real, Span<byte> number)
    {
        var size = type == SnmpType.OpaqueFloat ? 4 : 8;
        number[0] = 0x9F;
        number[1] = (byte)type;
        number[2] = (byte)size;
        if (size == 4)
        {
            BinaryPrimitives.WriteSingleBigEndian(number[3..], (float)real);
        }
        else
        {
            BinaryPrimitives.WriteDoubleBigEndian(number[3..], real);
        }

        return number[..(3 + size)];
    }

    private static int LengthOfElement(int content) => 1 + Ber.LengthOfLength(content) + content;

    private void Begin(byte tag, int length)
    {
        _buffer[_length++] = tag;
        _length += Ber.WriteLength(_buffer[_length..], length);
    }

    private void Copy(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer[_length..]);
        _length += bytes.Length;
    }
}

using System.Buffers.Binary;

namespace NocMonitor.Testing.Snmp;

/// <summary>The little BER that an SNMP agent needs.</summary>
internal static class Ber
{
    public const byte Integer = 0x02;
    public const byte OctetString = 0x04;
    public const byte Null = 0x05;
    public const byte ObjectIdentifier = 0x06;
    public const byte Sequence = 0x30;
    public const byte Counter64 = 0x46;

    /// <summary>Takes one element off the front; the content is empty and <paramref name="data"/> too when the lengths lie.</summary>
    public static byte Take(scoped ref ReadOnlySpan<byte> data, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (data.Length < 2)
        {
            data = default;
            return 0;
        }

        var tag = data[0];
        int length = data[1];
        var header = 2;
        if (length > 0x80)
        {
            var count = length & 0x7F;
            length = 0;
            for (; count > 0 && header < data.Length; count--)
            {
                length = (length << 8) | data[header++];
            }
        }

        if (length < 0 || length > data.Length - header)
        {
            data = default;
            return 0;
        }

        content = data.Slice(header, length);
        data = data[(header + length)..];
        return tag;
    }

    public static long ReadInteger(ReadOnlySpan<byte> content)
    {
        long value = content.Length > 0 && content[0] >= 0x80 ? -1 : 0;
        foreach (var next in content)
        {
            value = (value << 8) | next;
        }

        return value;
    }

    public static byte[] Element(byte tag, params ReadOnlySpan<byte> content)
    {
        byte[] header = content.Length switch
        {
            < 0x80 => [tag, (byte)content.Length],
            < 0x100 => [tag, 0x81, (byte)content.Length],
            _ => [tag, 0x82, (byte)(content.Length >> 8), (byte)content.Length],
        };
        return [.. header, .. content];
    }

    public static byte[] Signed(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        var start = 0;
        while (start < 7 && ((bytes[start] == 0 && bytes[start + 1] < 0x80) || (bytes[start] == 0xFF && bytes[start + 1] >= 0x80)))
        {
            start++;
        }

        return bytes[start..];
    }

    public static byte[] Unsigned(ulong value)
    {
        if (value <= long.MaxValue)
        {
            return Signed((long)value);
        }

        var bytes = new byte[9];
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(1), value);
        return bytes;
    }

    public static byte[] Varbind(ReadOnlySpan<byte> name, byte tag, ReadOnlySpan<byte> content) =>
        Element(Sequence, [.. Element(ObjectIdentifier, name), .. Element(tag, content)]);
}

using System.Buffers.Binary;
using System.Numerics;

namespace NocMonitor.TimeSeries.Codecs;

/// <summary>CRC-32C (Castagnoli, RFC 3720 appendix B.4), by the processor's own instruction where there is one.</summary>
internal static class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> source)
    {
        var crc = uint.MaxValue;
        while (source.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(source));
            source = source[8..];
        }

        foreach (var value in source)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }

    /// <summary>Splits off a trailing checksum and holds it against the bytes before it.</summary>
    public static ReadOnlySpan<byte> Verified(ReadOnlySpan<byte> source)
    {
        if (source.Length < 4)
        {
            throw TornDataException.TooShort();
        }

        var body = source[..^4];
        return BinaryPrimitives.ReadUInt32LittleEndian(source[^4..]) == Of(body)
            ? body
            : throw new TornDataException("the checksum does not match");
    }
}

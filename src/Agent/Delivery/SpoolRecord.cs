using System.Buffers.Binary;
using System.Numerics;

namespace NocMonitor.Agent.Delivery;

/// <summary>The bytes of one record, as docs/formats/spool.md has them: a header of 20 bytes and whole lines of line protocol.</summary>
internal static class SpoolRecord
{
    public const int HeaderLength = 20;

    /// <summary>No record is longer; a longer length can only be damage.</summary>
    public const int LongestPayload = 1 << 20;

    public static void WriteHeader(Span<byte> record, long timeNs, int lines)
    {
        BinaryPrimitives.WriteInt32LittleEndian(record[4..], record.Length - HeaderLength);
        BinaryPrimitives.WriteInt64LittleEndian(record[8..], timeNs);
        BinaryPrimitives.WriteInt32LittleEndian(record[16..], lines);
        BinaryPrimitives.WriteUInt32LittleEndian(record, Checksum(record[4..]));
    }

    /// <summary>Reads a header alone; false when the bytes cannot be one.</summary>
    public static bool TryReadHeader(ReadOnlySpan<byte> bytes, out SpoolRecordHeader header)
    {
        header = default;
        if (bytes.Length < HeaderLength)
        {
            return false;
        }

        header = new SpoolRecordHeader(
            BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]));
        return header.PayloadLength is > 0 and <= LongestPayload && header.Lines > 0;
    }

    /// <summary>True when the record, header and payload, is whole and as it was written.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt32LittleEndian(record) == Checksum(record[4..]);

    /// <summary>CRC-32C (Castagnoli), which processors compute themselves.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var one in bytes)
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return ~crc;
    }
}

/// <param name="PayloadLength">Bytes of line protocol after the header.</param>
/// <param name="TimeNs">When the record was appended, Unix nanoseconds.</param>
/// <param name="Lines">Lines in the payload.</param>
internal readonly record struct SpoolRecordHeader(int PayloadLength, long TimeNs, int Lines)
{
    public int RecordLength => SpoolRecord.HeaderLength + PayloadLength;
}

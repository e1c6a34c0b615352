using System.Buffers.Binary;

namespace NocMonitor.Agent.Delivery;

/// <summary>The small file that remembers what of the spool is not delivered; docs/formats/spool.md has its bytes. It is replaced whole.</summary>
internal static class SpoolCursor
{
    private const int HeaderLength = 16;
    private const int PositionLength = 16;
    private const int MostRanges = 1024;

    private static ReadOnlySpan<byte> Magic => "NOCCURS1"u8;

    /// <summary>
    /// Replaces the file by a rename, so that a crash leaves the old or the new one. It is not synced: an old cursor after a loss of power only
    /// sends some points twice, which changes nothing at a collector.
    /// </summary>
    public static void Write(string path, UnsentRanges unsent)
    {
        var bytes = new byte[HeaderLength + PositionLength + (unsent.Backlog.Count * 2 * PositionLength)];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), unsent.Backlog.Count);
        var rest = Put(bytes.AsSpan(HeaderLength), unsent.LiveStart);
        foreach (var range in unsent.Backlog)
        {
            rest = Put(Put(rest, range.Start), range.End);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), SpoolRecord.Checksum(bytes.AsSpan(12)));
        var temporary = path + ".new";
        File.WriteAllBytes(temporary, bytes);
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Null when there is no cursor or it is damaged: everything in the spool counts as undelivered then.</summary>
    public static UnsentRanges? Read(string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length > HeaderLength + PositionLength + (MostRanges * 2 * PositionLength))
        {
            return null;
        }

        var bytes = File.ReadAllBytes(path).AsSpan();
        if (bytes.Length < HeaderLength + PositionLength || !bytes.StartsWith(Magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) != SpoolRecord.Checksum(bytes[12..]))
        {
            return null;
        }

        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]);
        var positions = bytes[HeaderLength..];
        if (count < 0 || positions.Length != PositionLength + ((long)count * 2 * PositionLength))
        {
            return null;
        }

        var ranges = new SpoolRange[count];
        for (var i = 0; i < count; i++)
        {
            ranges[i] = new SpoolRange(Get(positions, 1 + (2 * i)), Get(positions, 2 + (2 * i)));
        }

        return new UnsentRanges(ranges, Get(positions, 0));
    }

    private static Span<byte> Put(Span<byte> output, SpoolPosition position)
    {
        BinaryPrimitives.WriteInt64LittleEndian(output, position.Segment);
        BinaryPrimitives.WriteInt64LittleEndian(output[8..], position.Offset);
        return output[PositionLength..];
    }

    private static SpoolPosition Get(ReadOnlySpan<byte> positions, int index)
    {
        var at = positions[(index * PositionLength)..];
        return new SpoolPosition(BinaryPrimitives.ReadInt64LittleEndian(at), BinaryPrimitives.ReadInt64LittleEndian(at[8..]));
    }
}

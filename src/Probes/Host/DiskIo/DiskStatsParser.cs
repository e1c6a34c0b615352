namespace NocMonitor.Probes.Host.DiskIo;

/// <summary>
/// Reads lines of /proc/diskstats (Documentation/admin-guide/iostats.rst): major, minor, name, and 11 columns since Linux 2.6, 15 since 4.18, 17 since 5.5.
/// Sectors are of 512 bytes whatever the disk has.
/// </summary>
internal static class DiskStatsParser
{
    private const int Columns = 11;
    private const ulong SectorBytes = 512;

    /// <summary>One line; false when it has fewer columns, as those of partitions had before Linux 2.6.25.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> name, out DiskCounters counters)
    {
        var words = new TextCursor(line);
        counters = default;
        name = default;
        Span<ulong> values = stackalloc ulong[Columns];
        if (!words.TryNumber(out _) || !words.TryNumber(out _) || !words.TryWord(out name))
        {
            return false;
        }

        foreach (ref var value in values)
        {
            if (!words.TryNumber(out value))
            {
                return false;
            }
        }

        counters = ToCounters(values);
        return true;
    }

    private static DiskCounters ToCounters(ReadOnlySpan<ulong> values) => new()
    {
        Reads = values[0],
        MergedReads = values[1],
        ReadBytes = unchecked(values[2] * SectorBytes),
        ReadTime = values[3],
        Writes = values[4],
        MergedWrites = values[5],
        WriteBytes = unchecked(values[6] * SectorBytes),
        WriteTime = values[7],
        InProgress = values[8],
        IoTime = values[9],
        WeightedIoTime = values[10],
    };
}

using System.Text;

namespace NocMonitor.Probes.Host.Mem;

/// <summary>One line of /proc/meminfo: its name there and the field it becomes.</summary>
internal sealed class MemLine
{
    private readonly byte[] _key;

    private MemLine(int index, string key, string field)
    {
        Index = index;
        Field = field;
        _key = Encoding.ASCII.GetBytes(key);
    }

    /// <summary>All known lines in the order in which kernels write them.</summary>
    public static MemLine[] All { get; } = Number(
        ("MemTotal", "total"), ("MemFree", "free"), ("MemAvailable", "available"), ("Buffers", "buffered"), ("Cached", "cached"),
        ("SwapCached", "swap_cached"), ("Active", "active"), ("Inactive", "inactive"), ("HighTotal", "high_total"), ("HighFree", "high_free"),
        ("LowTotal", "low_total"), ("LowFree", "low_free"), ("SwapTotal", "swap_total"), ("SwapFree", "swap_free"), ("Dirty", "dirty"),
        ("Writeback", "write_back"), ("Mapped", "mapped"), ("Shmem", "shared"), ("Slab", "slab"), ("SReclaimable", "sreclaimable"),
        ("SUnreclaim", "sunreclaim"), ("PageTables", "page_tables"), ("WritebackTmp", "write_back_tmp"), ("CommitLimit", "commit_limit"),
        ("Committed_AS", "committed_as"), ("VmallocTotal", "vmalloc_total"), ("VmallocUsed", "vmalloc_used"), ("VmallocChunk", "vmalloc_chunk"),
        ("HugePages_Total", "huge_pages_total"), ("HugePages_Free", "huge_pages_free"), ("Hugepagesize", "huge_page_size"));

    public static MemLine Total { get; } = Named("MemTotal");

    public static MemLine Free { get; } = Named("MemFree");

    public static MemLine Available { get; } = Named("MemAvailable");

    public static MemLine Buffers { get; } = Named("Buffers");

    public static MemLine Cached { get; } = Named("Cached");

    public static MemLine Reclaimable { get; } = Named("SReclaimable");

    public static MemLine SwapTotal { get; } = Named("SwapTotal");

    public static MemLine SwapFree { get; } = Named("SwapFree");

    public int Index { get; }

    public string Field { get; }

    /// <summary>The line of that name, tried at the expected index first; null when it is none of ours.</summary>
    public static MemLine? Find(ReadOnlySpan<byte> key, int expected)
    {
        for (var i = 0; i < All.Length; i++)
        {
            var line = All[(expected + i) % All.Length];
            if (key.SequenceEqual(line._key))
            {
                return line;
            }
        }

        return null;
    }

    private static MemLine[] Number(params (string Key, string Field)[] lines) =>
        [.. lines.Select((line, index) => new MemLine(index, line.Key, line.Field))];

    private static MemLine Named(string key) => Find(Encoding.ASCII.GetBytes(key), 0)!;
}

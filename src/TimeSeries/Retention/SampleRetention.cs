using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Compaction;
using NocMonitor.TimeSeries.Packs;
using NocMonitor.TimeSeries.Rollups;

namespace NocMonitor.TimeSeries.Retention;

/// <summary>
/// What goes: chunks past their age, then, while there are more bytes than allowed, the oldest hours; roll-ups past theirs. An hour goes when all of
/// it is too old. In slices, each its own transaction, so that flushing never waits long. Used by the compaction alone.
/// </summary>
internal sealed class SampleRetention(StoreOptions options, TimeProvider time)
{
    private const int Slice = 1000;

    /// <summary>Free pages are kept for new chunks; a file that is mostly free has shrunk for good.</summary>
    private const long FreeShare = 4;

    private const int ShrinkPages = 1024;

    public void Apply(ChunkFile file)
    {
        DropBelow(file, "chunks", Horizon(options.Retention));
        DropBelow(file, "packs", PackId.Of(Horizon(options.Retention), 0));
        DropBelow(file, "partials", PartialId.First(Horizon(options.Retention)));
        DropBelow(file, "rollups", RollupId.Of(RollupId.DayOf(Bucket(options.RollupRetention)), 0));
        DropBeyond(file, options.MaxBytes);
        if (file.FreePages() > ShrinkPages && file.FreeBytes() > file.UsedBytes() / FreeShare)
        {
            file.Shrink(ShrinkPages);
        }
    }

    private static void DropBelow(ChunkFile file, string table, long id)
    {
        long deleted = Slice;
        while (deleted == Slice)
        {
            file.Transact(() => deleted = file.DeleteBelow(table, id, Slice));
        }
    }

    private static void DropBeyond(ChunkFile file, long maxBytes)
    {
        long deleted = 1;
        while (maxBytes > 0 && deleted > 0 && file.UsedBytes() > maxBytes)
        {
            var end = file.OldestSealedBucket() + 1;
            file.Transact(() => deleted = file.DeleteBelow("chunks", ChunkId.Of(end, 0), Slice) + file.DeleteBelow("packs", PackId.FirstOf(end), Slice));
        }
    }

    /// <summary>No series has anything of an hour before this one once <see cref="Apply"/> has run: neither samples nor roll-ups.</summary>
    public long OldestBucket() => Math.Min(Bucket(options.Retention), RollupId.FirstBucket(RollupId.DayOf(Bucket(options.RollupRetention))));

    private long Horizon(TimeSpan age) => ChunkId.Of(Bucket(age), 0);

    private long Bucket(TimeSpan age) => ChunkId.BucketOf(UnixNanoseconds.From(time.GetUtcNow()) - UnixNanoseconds.From(age));
}

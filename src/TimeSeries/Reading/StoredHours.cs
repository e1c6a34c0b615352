namespace NocMonitor.TimeSeries.Reading;

/// <summary>Which hours a view of the file has: of sealed chunks in rows of their own and in packs, of parts, of roll-ups (by day). An empty range has its end before its beginning.</summary>
internal readonly record struct StoredHours(
    long OldestChunk, long NewestChunk, long OldestPack, long NewestPack, long OldestPart, long NewestPart, long OldestDay, long NewestDay)
{
    public long Oldest => Math.Min(Math.Min(OldestChunk, OldestPack), OldestPart);

    public long Newest => Math.Max(Math.Max(NewestChunk, NewestPack), NewestPart);

    public bool MayHaveChunk(long bucket) => bucket >= OldestChunk && bucket <= NewestChunk;

    public bool MayHavePack(long bucket) => bucket >= OldestPack && bucket <= NewestPack;

    public bool MayHaveParts(long bucket) => bucket >= OldestPart && bucket <= NewestPart;

    public bool MayHaveRollup(long day) => day >= OldestDay && day <= NewestDay;
}

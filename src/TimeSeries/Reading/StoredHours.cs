namespace NocMonitor.TimeSeries.Reading;

/// <summary>Which hours a view of the file has: of sealed chunks, of parts, of roll-ups (by day). An empty range has its end before its beginning.</summary>
internal readonly record struct StoredHours(long OldestChunk, long NewestChunk, long OldestPart, long NewestPart, long OldestDay, long NewestDay)
{
    public long Oldest => Math.Min(OldestChunk, OldestPart);

    public long Newest => Math.Max(NewestChunk, NewestPart);

    public bool MayHaveChunk(long bucket) => bucket >= OldestChunk && bucket <= NewestChunk;

    public bool MayHaveParts(long bucket) => bucket >= OldestPart && bucket <= NewestPart;

    public bool MayHaveRollup(long day) => day >= OldestDay && day <= NewestDay;
}

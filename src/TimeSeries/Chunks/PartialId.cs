namespace NocMonitor.TimeSeries.Chunks;

/// <summary>The key of a part of an hour that is not sealed yet: the id of the chunk it will go into, and its number there.</summary>
internal static class PartialId
{
    private const int NumberBits = 16;

    public static long First(long chunkId) => chunkId << NumberBits;

    public static long Last(long chunkId) => First(chunkId) | ((1 << NumberBits) - 1);

    public static long Chunk(long partialId) => partialId >> NumberBits;
}

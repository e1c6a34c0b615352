using NocMonitor.TimeSeries.Chunks;

namespace NocMonitor.TimeSeries.Packs;

/// <summary>
/// The key of a row of packed chunks: the chunk its first byte belongs to, and which row of that chunk it is: 0 when the chunk begins there. So a chunk begins in the last row
/// whose key is not beyond its own with 0, and goes on in those with 1, 2 and so on.
/// </summary>
internal static class PackId
{
    public const int PartBits = 8;
    public const int MostParts = (1 << PartBits) - 1;

    public static long Of(long chunkId, int part) => (chunkId << PartBits) | (uint)part;

    public static long Chunk(long packId) => packId >> PartBits;

    public static int Series(long packId) => ChunkId.Series(Chunk(packId));

    /// <summary>The first key an hour can have.</summary>
    public static long FirstOf(long bucket) => Of(ChunkId.Of(bucket, 0), 0);
}

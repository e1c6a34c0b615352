using System.Buffers;
using System.Security.Cryptography;

namespace NocMonitor.Probes.Files;

/// <summary>
/// The SHA-256 of one file, taken again only when its size or its time of writing changed. Used by one call at a time: the worker of its path.
/// </summary>
internal sealed class ChecksumMemory
{
    private const int BlockBytes = 128 << 10;

    private (long Bytes, DateTimeOffset Written)? _seen;

    /// <summary>The last checksum in lower-case hex; null before the first.</summary>
    public string? Current { get; private set; }

    /// <summary>Takes the checksum if need be.</summary>
    /// <returns>True when the content differs from that of the last look.</returns>
    public bool Update(string path, in MatchedFile file, CancellationToken token)
    {
        if (_seen == (file.Bytes, file.Written))
        {
            return false;
        }

        var before = Current;
        Current = Hash(path, token);
        _seen = (file.Bytes, file.Written);
        return before is not null && before != Current;
    }

    private static string Hash(string path, CancellationToken token)
    {
        // A writer must not be hindered by being watched.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            while (file.Read(block, 0, BlockBytes) is var count and > 0)
            {
                hash.AppendData(block, 0, count);
                token.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

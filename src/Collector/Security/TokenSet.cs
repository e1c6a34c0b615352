using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NocMonitor.Collector.Security;

/// <summary>
/// All valid tokens at one moment; immutable. A token is found by the first eight bytes of its hash and then compared whole in constant time.
/// What the look-up's timing could tell is about a hash that the sender cannot choose, not about a stored token.
/// </summary>
internal sealed class TokenSet
{
    public static readonly TokenSet None = new([]);

    private readonly ILookup<ulong, TokenRecord> _byHashStart;

    public TokenSet(IReadOnlyCollection<TokenRecord> tokens)
    {
        Count = tokens.Count;
        _byHashStart = tokens.ToLookup(token => HashStart(token.Hash));
    }

    public int Count { get; }

    public TokenRecord? Find(string token)
    {
        var hash = AccessToken.Hash(token);
        TokenRecord? found = null;
        foreach (var candidate in _byHashStart[HashStart(hash)])
        {
            if (CryptographicOperations.FixedTimeEquals(candidate.Hash, hash))
            {
                found = candidate;
            }
        }

        return found;
    }

    private static ulong HashStart(ReadOnlySpan<byte> hash) => BinaryPrimitives.ReadUInt64LittleEndian(hash);
}

using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NocMonitor.Probes.Snmp.Traps;

/// <summary>
/// Remembers notifications for a while by their source, request-id and content, to find those that came before: informs that are sent again because
/// their answer was lost, and networks that deliver twice. The content counts too because some stacks give all their traps the same request-id.
/// Two sets take turns, so that a notification is remembered for one to two windows. Bounded: a full set takes its turn early. One thread at a time.
/// </summary>
internal sealed class RecentNotifications(TimeSpan window, TimeProvider time) : IDisposable
{
    private const int MostKept = 100_000;

    // Keyed, so that nobody can make a notification that hides another's.
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(16);
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private HashSet<UInt128> _current = [];
    private HashSet<UInt128> _before = [];
    private long _turnedAt = time.GetTimestamp();

    /// <summary>False when it came before.</summary>
    public bool TryAdd(UInt128 source, ReadOnlySpan<byte> pdu)
    {
        if (window == TimeSpan.Zero)
        {
            return true;
        }

        var elapsed = time.GetElapsedTime(_turnedAt);
        if (elapsed >= window || _current.Count >= MostKept)
        {
            (_before, _current) = (_current, _before);
            _current.Clear();
            if (elapsed >= 2 * window)
            {
                _before.Clear();
            }

            _turnedAt = time.GetTimestamp();
        }

        var digest = Digest(source, pdu);
        return !_before.Contains(digest) && _current.Add(digest);
    }

    public void Dispose() => _digest.Dispose();

    private UInt128 Digest(UInt128 source, ReadOnlySpan<byte> pdu)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _digest.AppendData(_key);
        _digest.AppendData(MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(in source, 1)));
        _digest.AppendData(pdu);
        _digest.GetHashAndReset(hash);
        return MemoryMarshal.Read<UInt128>(hash);
    }
}

using System.Net;

namespace NocMonitor.Probes.Ping;

/// <summary>
/// Requests under way by index. The index goes into the payload and its lower half is the packet's sequence number, which wraps after 65,536;
/// the nonce tells a late answer to an index's earlier user from one to the present. Indices are reused oldest first. The engine's lock guards it.
/// </summary>
internal sealed class EchoTable(ulong seed)
{
    private readonly Queue<int> _free = new();
    private EchoRequest?[] _slots = [];
    private ulong _sent = seed;

    public int Count => _slots.Length - _free.Count;

    /// <summary>True while the request is under way.</summary>
    public bool Holds(EchoRequest request) => request.Slot >= 0 && _slots[request.Slot] == request;

    public void Add(EchoRequest request)
    {
        if (_free.Count == 0)
        {
            Grow();
        }

        request.Slot = _free.Dequeue();
        request.Nonce = NextNonce();
        _slots[request.Slot] = request;
    }

    /// <summary>True when the request was still under way; it is not any more.</summary>
    public bool Remove(EchoRequest request)
    {
        if (!Holds(request))
        {
            return false;
        }

        _slots[request.Slot] = null;
        _free.Enqueue(request.Slot);
        return true;
    }

    /// <summary>The request an answer belongs to, or null for a late, a second or a forged one.</summary>
    public EchoRequest? Find(in EchoAnswer answer)
    {
        if (answer.HasPayload)
        {
            return (uint)answer.Index < (uint)_slots.Length
                && _slots[answer.Index] is { } request && request.Nonce == answer.Nonce && (ushort)answer.Index == answer.Sequence
                ? request : null;
        }

        return answer.Destination is null ? null : FindBySequence(answer.Sequence, answer.Destination);
    }

    /// <summary>RFC 792 lets a router quote no more than the header of the packet: then sequence and destination decide.</summary>
    private EchoRequest? FindBySequence(ushort sequence, IPAddress destination)
    {
        for (int index = sequence; index < _slots.Length; index += 1 << 16)
        {
            if (_slots[index] is { } request && request.Address.Equals(destination))
            {
                return request;
            }
        }

        return null;
    }

    private void Grow()
    {
        var first = _slots.Length;
        Array.Resize(ref _slots, Math.Max(64, first * 2));
        for (var index = first; index < _slots.Length; index++)
        {
            _free.Enqueue(index);
        }
    }

    /// <summary>SplitMix64 (Steele, Lea and Flood 2014) over a counter with a secret start: quick, and not to be guessed from outside.</summary>
    private ulong NextNonce()
    {
        var mixed = _sent += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}

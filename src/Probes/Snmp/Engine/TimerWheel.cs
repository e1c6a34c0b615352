using System.Numerics;

namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>
/// Deadlines of requests: a ring of slots, each a chain of the requests that are due in it, in this turn or in a later one. Setting and taking off cost the same
/// whatever their number. The lane's thread owns it.
/// </summary>
/// <param name="tick">Timestamp ticks a slot.</param>
/// <param name="now">The timestamp it starts at.</param>
internal sealed class TimerWheel(long tick, long now)
{
    private const int Slots = 512;
    private const int SlotsPerWord = 64;

    private readonly WheelNode?[] _slots = new WheelNode?[Slots];
    private readonly ulong[] _filled = new ulong[Slots / SlotsPerWord];
    private long _turned = now / tick;

    public int Count { get; private set; }

    /// <summary>When <see cref="TakeDue"/> is to be called next, at the latest; it may find nothing due then. <see cref="long.MaxValue"/> when nothing is set.</summary>
    public long NextLook
    {
        get
        {
            if (Count == 0)
            {
                return long.MaxValue;
            }

            var from = (int)((_turned + 1) % Slots);
            for (var i = 0; i <= _filled.Length; i++)
            {
                var word = (from / SlotsPerWord + i) % _filled.Length;
                var bits = i == 0 ? _filled[word] & (ulong.MaxValue << (from % SlotsPerWord)) : _filled[word];
                if (bits != 0)
                {
                    var slot = (word * SlotsPerWord) + BitOperations.TrailingZeroCount(bits);
                    return (_turned + 1 + ((slot - from + Slots) % Slots)) * tick;
                }
            }

            return (_turned + Slots) * tick;
        }
    }

    /// <summary>Sets a node's deadline, in place of the one it had.</summary>
    public void Set(WheelNode node, long due)
    {
        Remove(node);
        node.DueTick = Math.Max((due + tick - 1) / tick, _turned + 1);
        node.Slot = (int)(node.DueTick % Slots);
        node.Next = _slots[node.Slot];
        if (node.Next is { } next)
        {
            next.Previous = node;
        }

        _slots[node.Slot] = node;
        _filled[node.Slot / SlotsPerWord] |= 1UL << (node.Slot % SlotsPerWord);
        Count++;
    }

    public void Remove(WheelNode node)
    {
        if (node.Slot < 0)
        {
            return;
        }

        if (node.Previous is { } previous)
        {
            previous.Next = node.Next;
        }
        else
        {
            _slots[node.Slot] = node.Next;
            if (node.Next is null)
            {
                _filled[node.Slot / SlotsPerWord] &= ~(1UL << (node.Slot % SlotsPerWord));
            }
        }

        if (node.Next is { } next)
        {
            next.Previous = node.Previous;
        }

        (node.Previous, node.Next, node.Slot) = (null, null, -1);
        Count--;
    }

    /// <summary>Takes off what is due and puts it into the list, which is emptied before.</summary>
    public void TakeDue(long now, List<WheelNode> due)
    {
        due.Clear();
        var until = now / tick;
        if (Count == 0)
        {
            _turned = Math.Max(_turned, until);
            return;
        }

        // After standing still for more than a turn every slot is looked at once.
        for (var left = Math.Min(until - _turned, Slots); left > 0; left--)
        {
            TakeDueOf(_slots[(until - left + 1) % Slots], until, due);
        }

        _turned = Math.Max(_turned, until);
    }

    private void TakeDueOf(WheelNode? node, long until, List<WheelNode> due)
    {
        while (node is not null)
        {
            var next = node.Next;
            if (node.DueTick <= until)
            {
                Remove(node);
                due.Add(node);
            }

            node = next;
        }
    }
}

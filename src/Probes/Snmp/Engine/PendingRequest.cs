using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>
/// A request on its way, in its slot of the <see cref="RequestTable"/>; used again and again. What it asks for are numbers of its operation's columns or names. The lane's thread owns it.
/// </summary>
internal sealed class PendingRequest(int slot, int generation) : WheelNode
{
    private int[] _items = new int[8];

    public int TableSlot => slot;

    public int Generation { get; set; } = generation;

    /// <summary>The request-id: the slot, and how often it was used. Retries keep it, so that the answer to any of them counts.</summary>
    public int Id => (Generation << RequestTable.SlotBits) | slot;

    /// <summary>Null while the slot is free.</summary>
    public SnmpOperation? Operation { get; set; }

    public SnmpDevice Device => Operation!.Device;

    public PduType Type { get; set; }

    /// <summary>Rows of each column that a GetBulk asks for at the first attempt.</summary>
    public int Rows { get; set; }

    public int Attempt { get; private set; }

    public int Resyncs { get; set; }

    public int PutOffs { get; set; }

    public long SentAt { get; set; }

    /// <summary>Counted in the lane's window.</summary>
    public bool IsYoung { get; set; }

    public ReadOnlySpan<int> Items => _items.AsSpan(0, Count);

    public int Count { get; private set; }

    /// <summary>The last attempt of a GetBulk is a GetNext for the same names: the device may not know GetBulk at all.</summary>
    public PduType TypeNow => Type == PduType.GetBulk && Attempt > 0 && Attempt >= Device.Target.Options.Retries ? PduType.GetNext : Type;

    /// <summary>Each attempt asks for half the rows of the one before, as the answer may have been too large or too slow to come.</summary>
    public int RowsNow => TypeNow == PduType.GetBulk ? Math.Max(1, Rows >> Attempt) : 1;

    public int Asked => Count * RowsNow;

    public void Begin(SnmpOperation operation)
    {
        Operation = operation;
        (Type, Rows, Count, Attempt, Resyncs, PutOffs) = (PduType.Get, 1, 0, 0, 0, 0);
    }

    public void Add(int item)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Count * 2);
        }

        _items[Count++] = item;
    }

    /// <summary>Leaves off the items from this one on.</summary>
    public void Trim(int count) => Count = count;

    public void BeginAttempt()
    {
        Attempt++;
        (Resyncs, PutOffs) = (0, 0);
    }
}

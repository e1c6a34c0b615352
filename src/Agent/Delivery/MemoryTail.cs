namespace NocMonitor.Agent.Delivery;

/// <summary>
/// The records that the disk refused, in memory, oldest first, bounded by bytes. Owned by the spool, under its lock. Each record has a running
/// number, so that what was delivered can be taken out although older records were dropped meanwhile.
/// </summary>
internal sealed class MemoryTail(long maxBytes)
{
    private readonly Queue<MemoryRecord> _records = [];

    public long Bytes { get; private set; }

    public bool IsEmpty => _records.Count == 0;

    public IEnumerable<MemoryRecord> Records => _records;

    private long _next;

    /// <summary>Adds a record; gives the number of lines that had to be dropped to keep the bound.</summary>
    public int Add(long timeNs, int lines, ReadOnlySpan<byte> payload)
    {
        _records.Enqueue(new MemoryRecord(_next++, timeNs, lines, payload.ToArray()));
        Bytes += payload.Length;
        var dropped = 0;
        while (Bytes > maxBytes)
        {
            dropped += RemoveFirst().Lines;
        }

        return dropped;
    }

    public MemoryRecord RemoveFirst()
    {
        var record = _records.Dequeue();
        Bytes -= record.Payload.Length;
        return record;
    }

    /// <summary>Takes out every record up to and with a number.</summary>
    public void RemoveThrough(long number)
    {
        while (_records.TryPeek(out var first) && first.Number <= number)
        {
            RemoveFirst();
        }
    }
}

internal sealed record MemoryRecord(long Number, long TimeNs, int Lines, byte[] Payload);

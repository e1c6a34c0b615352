using System.Collections.Concurrent;

namespace NocMonitor.Probes.Snmp.Polling;

/// <summary>Tables that wait for the next walk, as many as walks ran side by side and no more than a bound. Any thread.</summary>
internal sealed class TablePool
{
    private const int Most = 64;

    private readonly ConcurrentBag<RowTable> _free = [];

    public RowTable Rent(int columns)
    {
        var table = _free.TryTake(out var free) ? free : new RowTable();
        table.Reset(columns);
        return table;
    }

    public void Return(RowTable table)
    {
        if (_free.Count < Most)
        {
            _free.Add(table);
        }
    }
}

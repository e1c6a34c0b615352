using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>
/// The memories of a device's tables. A list that is searched from its front: there are some dozens, looked for once a walk, and a thousand devices have one each. The lane's thread
/// owns it.
/// </summary>
internal sealed class TableMemories
{
    private const int MostTables = 1024;

    private readonly List<TableMemory> _tables = [];

    /// <summary>The memory of the table with this first column; beyond the most that are kept one that is forgotten with the walk.</summary>
    public TableMemory Of(Oid column)
    {
        foreach (var known in _tables)
        {
            if (known.Column == column)
            {
                return known;
            }
        }

        var table = new TableMemory(column);
        if (_tables.Count < MostTables)
        {
            _tables.Add(table);
        }

        return table;
    }
}

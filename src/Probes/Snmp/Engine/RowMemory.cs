using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>
/// How many rows the columns of a device had last time, so that a walk of a small table does not ask for fifty rows of what stands behind it. The lane's thread owns it.
/// </summary>
internal sealed class RowMemory
{
    private const int MostColumns = 4096;

    private readonly Dictionary<Oid, int> _rows = [];

    /// <summary>The number of last time; a large one for a column that was never walked.</summary>
    public int Expected(Oid column) => _rows.GetValueOrDefault(column, int.MaxValue / 2);

    public void Remember(Oid column, int rows)
    {
        if (_rows.Count < MostColumns || _rows.ContainsKey(column))
        {
            _rows[column] = rows;
        }
    }
}

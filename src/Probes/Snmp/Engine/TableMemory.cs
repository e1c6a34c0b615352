using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>
/// What walks of one table of a device taught, so that each begins with what the last one learnt: a table of long texts has no say in how a table of short numbers is asked for. The
/// lane's thread owns it.
/// </summary>
/// <param name="column">The first column of the walk, which stands for the table.</param>
internal sealed class TableMemory(Oid column)
{
    private const int NeverWalked = int.MaxValue / 2;

    public Oid Column => column;

    /// <summary>Rows of last time, so that a walk of a small table does not ask for fifty rows of what stands behind it; a large number before the first walk.</summary>
    public int Rows { get; private set; } = NeverWalked;

    /// <summary>How many values one request may ask for; null for a table without rows, which has nothing to learn from.</summary>
    public VarbindLimit? Limit { get; set; }

    /// <summary>The walk went to the table's end.</summary>
    public void Walked(int rows)
    {
        Rows = rows;
        Limit = rows == 0 ? null : Limit;
    }
}

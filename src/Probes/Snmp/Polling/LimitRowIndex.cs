namespace NocMonitor.Probes.Snmp.Polling;

/// <summary>Finds the rows of a table of limits whose index begins with that of a row. Valid as long as both tables are.</summary>
internal sealed class LimitRowIndex
{
    private readonly ILookup<int, int> _children;

    public LimitRowIndex(RowTable parents, RowTable children) =>
        _children = children.Ordered().ToLookup(child => ParentOf(parents, children.IndexOf(child)));

    /// <summary>In the order of their index.</summary>
    public IEnumerable<int> ChildrenOf(int row) => _children[row];

    /// <summary>The row with the longest index that this one begins with; -1 when there is none.</summary>
    private static int ParentOf(RowTable parents, ReadOnlySpan<byte> index)
    {
        while (index.Length > 0)
        {
            // One arc less: up to the last byte but one that ends an arc.
            var end = index.Length - 1;
            while (end > 0 && index[end - 1] >= 0x80)
            {
                end--;
            }

            index = index[..end];
            if (parents.Find(index) is var row and >= 0)
            {
                return row;
            }
        }

        return -1;
    }
}

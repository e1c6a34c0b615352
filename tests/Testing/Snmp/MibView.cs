namespace NocMonitor.Testing.Snmp;

/// <summary>What a simulated device knows at one moment, in order; never changed.</summary>
internal sealed class MibView(MibObject[] objects)
{
    public MibObject[] Objects => objects;

    /// <summary>Where a name is; less than 0 when it is nowhere.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        var at = After(name) - 1;
        return at >= 0 && name.SequenceEqual(objects[at].Name) ? at : -1;
    }

    /// <summary>Where the first name after this one is; the count when there is none.</summary>
    public int After(ReadOnlySpan<byte> name)
    {
        var (low, high) = (0, objects.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (OidBytes.Compare(objects[middle].Name, name) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    public MibView With(MibObject changed)
    {
        var at = Find(changed.Name);
        if (at >= 0)
        {
            var copy = (MibObject[])objects.Clone();
            copy[at] = changed;
            return new MibView(copy);
        }

        at = After(changed.Name);
        return new MibView([.. objects[..at], changed, .. objects[at..]]);
    }

    public MibView Select(Func<MibObject, MibObject?> change) => new([.. objects.Select(change).OfType<MibObject>().Order(ByName)]);

    private static readonly Comparer<MibObject> ByName = Comparer<MibObject>.Create((left, right) => OidBytes.Compare(left.Name, right.Name));
}

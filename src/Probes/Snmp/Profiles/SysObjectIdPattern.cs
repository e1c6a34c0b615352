using System.Globalization;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>A sysObjectID in which <c>*</c> stands for any number of arcs. Immutable.</summary>
internal sealed class SysObjectIdPattern
{
    private const int MostArcs = Oid.MostArcs;

    /// <summary>Arcs, with null for a star.</summary>
    private readonly uint?[] _arcs;

    private SysObjectIdPattern(string text, uint?[] arcs)
    {
        Text = text;
        _arcs = arcs;
        Weight = (arcs.Count(arc => arc is not null) * 2) + (arcs.Contains(null) ? 0 : 1);
    }

    public string Text { get; }

    /// <summary>Of two patterns that match, the heavier one is meant: more arcs written out, then no star.</summary>
    public int Weight { get; }

    public static SysObjectIdPattern? TryParse(string text)
    {
        var parts = text.Trim().TrimStart('.').Split('.');
        var arcs = new uint?[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i] == "*")
            {
                continue;
            }

            if (!uint.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out var arc))
            {
                return null;
            }

            arcs[i] = arc;
        }

        return parts.Length is >= 2 and <= MostArcs && arcs[0] is not null ? new SysObjectIdPattern(text, arcs) : null;
    }

    public bool Matches(ReadOnlySpan<uint> arcs)
    {
        int p = 0, n = 0, star = -1, retry = 0;
        while (n < arcs.Length)
        {
            if (p < _arcs.Length && _arcs[p] == arcs[n])
            {
                p++;
                n++;
            }
            else if (p < _arcs.Length && _arcs[p] is null)
            {
                star = ++p;
                retry = n;
            }
            else if (star >= 0)
            {
                p = star;
                n = ++retry;
            }
            else
            {
                return false;
            }
        }

        return _arcs.AsSpan(p).IndexOfAnyExcept((uint?)null) < 0;
    }

    /// <summary>The arcs of a sysObjectID as <see cref="Matches"/> wants them.</summary>
    public static uint[] ArcsOf(Oid oid)
    {
        var arcs = new List<uint>(oid.ArcCount);
        foreach (var arc in new OidArcs(oid.Encoded))
        {
            if (arcs.Count == 0)
            {
                var root = Math.Min(arc / 40, 2);
                arcs.Add(root);
                arcs.Add(arc - (root * 40));
            }
            else
            {
                arcs.Add(arc);
            }
        }

        return [.. arcs];
    }

    public override string ToString() => Text;
}

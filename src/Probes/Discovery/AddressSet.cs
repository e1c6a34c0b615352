using System.Net;
using System.Net.Sockets;

namespace NocMonitor.Probes.Discovery;

/// <summary>
/// The addresses of a discovery: ranges without what is excluded, each address once, IPv4 before IPv6, in ascending order. However many there are, only the ranges are held. Immutable.
/// </summary>
public sealed class AddressSet
{
    /// <summary>So many addresses, a /16 of IPv4, are looked through without being asked to.</summary>
    public const long UsualMost = 1 << 16;

    /// <summary>More than a /8 of IPv4 is never looked through.</summary>
    public const long Most = 1 << 24;

    private readonly AddressRange[] _ranges;
    private readonly long[] _before;

    private AddressSet(IEnumerable<AddressRange> ranges)
    {
        _ranges = [.. ranges];
        _before = new long[_ranges.Length];
        for (var i = 0; i < _ranges.Length; i++)
        {
            _before[i] = Count;
            Count += (long)_ranges[i].Count;
        }
    }

    public long Count { get; }

    public IReadOnlyList<AddressRange> Ranges => _ranges;

    public IPAddress this[long index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            var range = Array.BinarySearch(_before, index);
            range = range < 0 ? ~range - 1 : range;
            return _ranges[range].At((UInt128)(index - _before[range]));
        }
    }

    /// <summary>Reads targets and excludes; null, with the reasons, when something is wrong with them or they are too many.</summary>
    /// <param name="most">How many addresses may be left.</param>
    public static AddressSet? Parse(IEnumerable<string> targets, IEnumerable<string> excludes, long most, ICollection<string> errors)
    {
        var before = errors.Count;
        var wanted = Read(targets, errors);
        var unwanted = Read(excludes, errors);
        if (errors.Count > before)
        {
            return null;
        }

        var left = Subtract(Merge(wanted), Merge(unwanted));
        var count = left.Aggregate(UInt128.Zero, (sum, range) => Add(sum, range.Last - range.First));
        if (count == 0)
        {
            errors.Add("no address is left to be looked at");
        }
        else if (count > (UInt128)most)
        {
            errors.Add($"these are {(count > ulong.MaxValue ? "more than 18446744073709551615" : count.ToString(System.Globalization.CultureInfo.InvariantCulture))} addresses, and {most} are the most");
        }

        return errors.Count > before ? null : new AddressSet(left);
    }

    /// <summary>The sum and one more, as far as the type goes: all of IPv6 is one too many for it.</summary>
    private static UInt128 Add(UInt128 sum, UInt128 more) => sum > UInt128.MaxValue - more - 1 || more == UInt128.MaxValue ? UInt128.MaxValue : sum + more + 1;

    private static List<AddressRange> Read(IEnumerable<string> texts, ICollection<string> errors)
    {
        var ranges = new List<AddressRange>();
        foreach (var text in texts.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (AddressRange.TryParse(text, out var range) is { } reason)
            {
                errors.Add(reason);
            }
            else
            {
                ranges.Add(range);
            }
        }

        return ranges;
    }

    private static List<AddressRange> Merge(IEnumerable<AddressRange> ranges)
    {
        var merged = new List<AddressRange>();
        foreach (var range in ranges.OrderBy(range => range.Family == AddressFamily.InterNetwork ? 0 : 1).ThenBy(range => range.First))
        {
            if (merged.Count > 0 && merged[^1].Family == range.Family && (range.First <= merged[^1].Last || range.First - 1 == merged[^1].Last))
            {
                merged[^1] = merged[^1] with { Last = UInt128.Max(merged[^1].Last, range.Last) };
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged;
    }

    private static List<AddressRange> Subtract(List<AddressRange> wanted, List<AddressRange> unwanted)
    {
        var left = new List<AddressRange>();
        foreach (var range in wanted)
        {
            var rest = range;
            var isGone = false;
            foreach (var hole in unwanted.Where(hole => hole.Family == range.Family && hole.First <= range.Last && hole.Last >= range.First))
            {
                if (hole.First > rest.First)
                {
                    left.Add(rest with { Last = hole.First - 1 });
                }

                isGone = hole.Last >= rest.Last;
                rest = rest with { First = isGone ? rest.First : hole.Last + 1 };
            }

            if (!isGone)
            {
                left.Add(rest);
            }
        }

        return left;
    }
}

using NocMonitor.TimeSeries.InfluxQl.Language;
using NocMonitor.TimeSeries.InfluxQl.Planning;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>What is the same for all groups of a select. Immutable; shared by the threads that compute groups.</summary>
internal sealed class ScanContext
{
    private readonly Windows?[] _windows;

    public ScanContext(SelectPlan plan, ReaderPool readers, QueryLimits limits, CancellationToken token)
    {
        plan = Bounded(plan, limits.MaxBuckets);
        (Plan, Readers, Limits, Token) = (plan, readers, limits, token);
        Chains = [.. plan.Calls.Select(CallChain.Of)];
        foreach (var reference in plan.References)
        {
            Slots.Add(reference);
        }

        foreach (var chain in Chains.Where(chain => chain.Column is not null))
        {
            Slots.Add(chain.Column!);
        }

        Besides = [.. OrderedBesides()];
        Slots.AddAll(plan.Condition);
        AtTheirTime = Chains is [{ IsSelector: true }] && plan.Interval.IsNone;
        OnlyFrom = !plan.Interval.IsNone || Chains.Count == 0 ? null
            : Chains.All(chain => chain is { Aggregate.Name: "last", Transformations.Count: 0 }) ? false
            : Chains.All(chain => chain is { Aggregate.Name: "first", Transformations.Count: 0 }) ? true
            : null;
        WholeRange = Chains.Count == 0
            ? plan.Range
            : new TimeRange(Math.Max(plan.ReadFrom, Chains.Min(chain => RangeOf(chain).Min)), Chains.Max(chain => RangeOf(chain).Max));
        TakesSummaries = limits.UsesRollups && SummaryScan.Suits(this);
        _windows = [.. Chains.Select(chain => plan.Interval.IsNone || plan.Range.HasMin ? WindowsOf(chain, plan.Range) : null)];
    }

    public SelectPlan Plan { get; }

    public ReaderPool Readers { get; }

    public QueryLimits Limits { get; }

    public CancellationToken Token { get; }

    public SlotSet Slots { get; } = new();

    public IReadOnlyList<CallChain> Chains { get; }

    /// <summary>The slots of what is shown as it is; those that <c>top</c> and <c>bottom</c> name come first.</summary>
    public int[] Besides { get; }

    /// <summary>The one function picks points over all time: rows have the times of the points.</summary>
    public bool AtTheirTime { get; }

    /// <summary>Only the first points, or only the last, are asked for: each series is read until they are found. Null when all has to be read.</summary>
    public bool? OnlyFrom { get; }

    /// <summary>Hourly roll-ups may answer, as far as the select as a whole is concerned.</summary>
    public bool TakesSummaries { get; }

    /// <summary>False when no column can ever have a value.</summary>
    public bool HasAnything => Plan.IsRaw
        ? Plan.References.Any(reference => reference.Type is not (RefType.Unknown or RefType.Tag) || (reference.Type == RefType.Tag && Plan.Sources.Any(source => source.Select is not null)))
        : Chains.Any(chain => chain.Column is not null);

    /// <summary>The range that a chain reads: longer than asked for when its transformations look at the windows before.</summary>
    public TimeRange RangeOf(CallChain chain) => Plan.Range.Extended(chain.ExtraWindows, Plan.Interval, Plan.Ascending);

    public TimeRange WholeRange { get; }

    /// <summary>About how many windows a group has, of all functions together; at least 1.</summary>
    public int WindowsAtMost => Math.Max(1, (int)Math.Min(int.MaxValue, _windows.Sum(each => (long)(each?.Count ?? Math.Max(1, Limits.MaxBuckets)))));

    /// <summary>The place of a function among those of the select.</summary>
    public int ChainOf(Call call)
    {
        for (var i = 0; i < Chains.Count; i++)
        {
            if (ReferenceEquals(Chains[i].Call, call))
            {
                return i;
            }
        }

        var text = call.ToString();
        return Enumerable.Range(0, Chains.Count).First(i => Chains[i].Call.ToString() == text);
    }

    /// <summary>The windows of a chain; where the range has no beginning they begin with the group's oldest points.</summary>
    public Windows WindowsOf(int chain, long notBefore) =>
        _windows[chain] ?? WindowsOf(Chains[chain], Plan.Range with { Min = Math.Min(notBefore, Plan.Range.Max) });

    /// <summary>Windows without a beginning begin no further back than the limit of windows allows; that is no error, as what is asked for is what is there.</summary>
    private static SelectPlan Bounded(SelectPlan plan, int most)
    {
        if (plan.Interval.IsNone || plan.Range.HasMin || most <= 0)
        {
            return plan;
        }

        var last = Windows.StartOf(plan.Range.Max, plan.Interval, plan.Zone);
        var span = (UInt128)(ulong)plan.Interval.Duration * (ulong)(most - 1);
        return span > (UInt128)(last - (Int128)TimeText.Min) ? plan : plan with { ReadFrom = last - (long)span };
    }

    private Windows WindowsOf(CallChain chain, TimeRange range)
    {
        if (Plan.Interval.IsNone)
        {
            return Windows.Single(range);
        }

        var whole = RangeOf(chain);
        return Windows.Over(new TimeRange(Plan.Range.HasMin ? whole.Min : range.Min, whole.Max), Plan.Interval, Plan.Zone, Limits.MaxBuckets);
    }

    private IEnumerable<int> OrderedBesides()
    {
        var named = Chains is [{ Call: { Name: "top" or "bottom" } call }] ? call.Arguments.Skip(1).SkipLast(1).OfType<Reference>() : [];
        return named.Concat(Plan.References).Select(Slots.Find).Distinct();
    }
}

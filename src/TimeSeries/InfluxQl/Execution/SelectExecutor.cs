using NocMonitor.TimeSeries.InfluxQl.Planning;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>
/// Runs one select: groups its series, computes group after group, several at once, and gives the rows of each in the order of the groups. Used by one thread; groups are
/// computed by as many as the limits allow.
/// </summary>
internal sealed class SelectExecutor(TimeSeriesStore store, ReaderPool readers, QueryLimits limits, CancellationToken token)
{
    /// <summary>Groups that are computed ahead of the one that is given, for each thread, are at least so many.</summary>
    private const int Ahead = 4;

    /// <summary>Small groups are computed many at a stroke, as starting threads costs more than such a group.</summary>
    private const int MostAhead = 512;

    /// <summary>Windows of all groups that are computed ahead.</summary>
    private const int WindowsAhead = 1 << 17;

    public IEnumerable<GroupRows> Run(SelectPlan plan)
    {
        var groups = GroupsOf(plan);
        var context = new ScanContext(plan, readers, limits, token);
        if (!context.HasAnything)
        {
            yield break;
        }

        var batch = Math.Max(1, limits.Parallelism) * Ahead;
        batch = plan.IsRaw ? batch : Math.Max(batch, Math.Min(MostAhead, WindowsAhead / context.WindowsAtMost));
        for (var first = 0; first < groups.Count; first += batch)
        {
            var computed = Compute(context, groups.GetRange(first, Math.Min(batch, groups.Count - first)));
            readers.Rest();
            foreach (var rows in computed)
            {
                if (rows is not null)
                {
                    yield return rows;
                }
            }
        }
    }

    private GroupRows?[] Compute(ScanContext context, List<QueryGroup> groups)
    {
        var results = new GroupRows?[groups.Count];
        var threads = Math.Max(1, limits.Parallelism);
        if (groups.Count == 1)
        {
            results[0] = GroupComputation.Run(context, groups[0], threads);
            return results;
        }

        Parallels.Run(groups.Count, threads, i => results[i] = GroupComputation.Run(context, groups[i], Math.Max(1, threads / groups.Count)), token);
        return results;
    }

    private List<QueryGroup> GroupsOf(SelectPlan plan)
    {
        var grouping = new Grouping(plan, limits.MaxSeries);
        foreach (var source in plan.Sources)
        {
            if (source.Select is { } inner)
            {
                foreach (var rows in Run(inner))
                {
                    grouping.Add(new RowsInput(rows, inner));
                }
            }
            else
            {
                grouping.Add(store.Index, source.Measurement);
            }
        }

        return grouping.Complete();
    }
}

namespace NocMonitor.Collector.Alerts;

/// <summary>What decides whether a page goes out.</summary>
internal enum PageState
{
    /// <summary>Nothing to page.</summary>
    None,

    /// <summary>Receivers were told, as far as there are any.</summary>
    Paged,

    /// <summary>Waits until it is known whether a parent fires, or whether something old is over by now.</summary>
    Held,

    /// <summary>A parent fires; its page says it all.</summary>
    Suppressed,
}

/// <summary>
/// Where the rules stand that others depend on, by host or other tag. Fed by the evaluator's notes; belongs to the alert log's loop.
/// </summary>
internal sealed partial class ParentIndex(HostParents hosts)
{
    private readonly HostParents _hosts = hosts;
    private readonly Dictionary<(Dependency Parent, string Value), ParentGroup> _groups = [];

    public void Clear() => _groups.Clear();

    public void Apply(in ParentNote note)
    {
        foreach (var (tag, value) in note.Tags.Where(pair => pair.Value.Length > 0))
        {
            var key = (new Dependency(note.Key.Rule, tag), value);
            if (!_groups.TryGetValue(key, out var group))
            {
                _groups.Add(key, group = new ParentGroup());
            }

            group.Apply(note);
        }
    }

    /// <summary>Whether an alert may page now, and if not which parent it waits for.</summary>
    /// <param name="mayHold">Whether there is still time to wait for a parent that has not shown yet.</param>
    public (PageState State, string Parent) Decide(OpenAlert alert, bool mayHold)
    {
        var held = "";
        foreach (var dependency in alert.DependsOn)
        {
            if (!_groups.TryGetValue((dependency, Dependency.ValueOfChild(dependency.Tag, tag => alert.Labels[tag])), out var group))
            {
                continue;
            }

            if (group.Firing.Count > 0)
            {
                return (PageState.Suppressed, dependency.Rule);
            }

            if (group.Pending.Count > 0 || group.Unheard.Count > 0)
            {
                held = dependency.Rule;
            }
        }

        var byHosts = DecideByHosts(alert, mayHold);
        return byHosts.State != PageState.Suppressed && held.Length > 0 && mayHold ? (PageState.Held, held) : byHosts;
    }

    private sealed class ParentGroup
    {
        public HashSet<string> Firing { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Pending { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Unheard { get; } = new(StringComparer.Ordinal);

        public void Apply(in ParentNote note)
        {
            Set(Firing, note.Key.Series, note.Phase == AlertPhase.Firing);
            Set(Pending, note.Key.Series, note.Phase == AlertPhase.Pending);
            Set(Unheard, note.Key.Series, !note.Evaluated && note.Phase == AlertPhase.Inactive);
        }

        private static void Set(HashSet<string> set, string series, bool contained)
        {
            if (contained)
            {
                set.Add(series);
            }
            else
            {
                set.Remove(series);
            }
        }
    }
}

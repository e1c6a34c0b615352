using System.Collections.Concurrent;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Rules.Evaluation;

/// <summary>Which series the store must keep for the rules although they have no samples any more, and what goes when it has forgotten others.</summary>
internal sealed partial class RuleEngine
{
    /// <summary>Put in by the store's thread, taken out with the entry held.</summary>
    private readonly ConcurrentQueue<Series> _released = new();

    /// <summary>Until states are restored nobody can tell which series have one.</summary>
    private volatile bool _knowsStates;

    /// <summary>
    /// A series with an alert, or whose silence still raises one, is held: its alert must not vanish, and a series that comes back must meet its state. It is let go when the alert ends, at the
    /// latest when somebody takes its host out of the watch. Called on the store's thread; what it reads is written by shards, and a moment late does no harm because the store asks again.
    /// </summary>
    private bool Holds(Series series)
    {
        if (!_knowsStates)
        {
            return true;
        }

        if (Volatile.Read(ref _binder).Find(series) is not { Shard: >= 0 } binding || !ReferenceEquals(binding.Identity.Series, series))
        {
            return false;
        }

        var identity = binding.Identity;
        var silence = Clock() - identity.Arrival;
        return identity.States is not null
            || (identity.IsWatched && Array.Exists(identity.Bound.Variants, variant => variant.Policy.WatchesSilence && !variant.Policy.IsOver(silence)));
    }

    private void Release(IReadOnlyList<Series> forgotten)
    {
        foreach (var series in forgotten)
        {
            _released.Enqueue(series);
        }
    }

    /// <summary>The entry is held.</summary>
    private List<SeriesBinding> TakeReleased()
    {
        var bindings = new List<SeriesBinding>();
        while (_released.TryDequeue(out var series))
        {
            if (_binder.Release(series) is { } binding)
            {
                bindings.Add(binding);
            }
        }

        return bindings;
    }
}

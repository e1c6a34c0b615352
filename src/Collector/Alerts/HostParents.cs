using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace NocMonitor.Collector.Alerts;

/// <summary>A host that is on the way to another.</summary>
/// <param name="Agent">Seen from this agent; empty for any that has no way of its own.</param>
internal readonly record struct HostDependency(string Host, string Agent, string Parent);

/// <summary>
/// Which hosts are on the way to which, as people accepted it, and until when each host is known to have been looked at. The dependencies are replaced as a whole by whoever keeps them; the times are
/// moved by the shards that evaluate. Safe for concurrent use.
/// </summary>
internal sealed class HostParents
{
    /// <summary>The rule that says of a host that it does not answer: a host behind one for which it fires cannot answer either.</summary>
    public const string Rule = "host.down";

    private readonly ConcurrentDictionary<string, HostClock> _clocks = new(StringComparer.Ordinal);
    private volatile FrozenDictionary<string, HostWays> _ways = FrozenDictionary<string, HostWays>.Empty;

    public void Replace(IEnumerable<HostDependency> dependencies)
    {
        List<HostDependency> all = [.. dependencies];
        _ways = all.Select(dependency => dependency.Agent).Append("").Distinct(StringComparer.Ordinal)
            .ToFrozenDictionary(agent => agent, agent => HostWays.Of(all, agent), StringComparer.Ordinal);
    }

    /// <summary>The hosts of which at least one must answer for this one to be reached by an agent; none when that is not known.</summary>
    public IReadOnlyList<string> Of(string host, string agent)
    {
        var ways = _ways;
        return ways.TryGetValue(agent, out var own) || ways.TryGetValue("", out own) ? own.Before(host) : [];
    }

    /// <summary>The clock of a host, to be moved by who evaluates <see cref="Rule"/> for it.</summary>
    public HostClock ClockOf(string host) => _clocks.GetOrAdd(host, static _ => new HostClock());

    /// <summary>The time of the newest sample by which a host was judged, in nanoseconds since 1970; null when it never was since the start.</summary>
    public long? LookedAt(string host) => _clocks.TryGetValue(host, out var clock) ? clock.Time : null;
}

/// <summary>The time of the newest sample by which a host was judged. Any thread; several series of one host may move it.</summary>
internal sealed class HostClock
{
    private long _time;

    public long Time => Volatile.Read(ref _time);

    public void Note(long time)
    {
        if (time > Volatile.Read(ref _time))
        {
            Volatile.Write(ref _time, time);
        }
    }
}

using NocMonitor.Collector.Rules.Definition;
using NocMonitor.Collector.Storage;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Rules.Evaluation;

/// <summary>
/// Binds each series to its rules when it is first seen, for one set of rules. Used under the engine's entry only: one thread at a time.
/// </summary>
internal sealed class SeriesBinder(RuleSet set, int shards, int knownSeries, long firstArrival)
{
    private readonly Dictionary<string, SeriesIdentity> _shared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BoundRules> _bound = new(StringComparer.Ordinal);
    private readonly Dictionary<(object Fields, object Slots), FieldMap> _maps = [];
    private readonly IdPages<SeriesBinding> _bindings = new();
    private IdPages<SeriesBinding> _previous = new();

    public RuleSet Set => set;

    /// <summary>Takes over what the binder of the rules before knew of times; what it knew of a series goes as that is bound anew.</summary>
    public void Follow(SeriesBinder before) => _previous = before._bindings;

    public SeriesBinding Bind(Series series)
    {
        if (_bindings[series.Id] is { } known)
        {
            return ReferenceEquals(known, SeriesBinding.None) || ReferenceEquals(known.Map.Fields, series.Fields) ? known : Remap(known, series);
        }

        return Make(series);
    }

    /// <summary>What is bound to a series; null when it was not seen. Any thread may ask: it may miss what is bound this moment.</summary>
    public SeriesBinding? Find(Series series) => _bindings[series.Id];

    /// <summary>Lets go of a series that the store has forgotten; gives what was bound to it, unless others share it.</summary>
    public SeriesBinding? Release(Series series)
    {
        if (Find(series) is not { } binding)
        {
            return null;
        }

        _bindings.Clear(series.Id);
        _previous.Clear(series.Id);
        return binding.Shard >= 0 && ReferenceEquals(binding.Identity.Series, series) ? binding : null;
    }

    /// <summary>The shard that owns an identity: stable, so that series which share one meet there.</summary>
    public static int ShardOf(string key, int shards)
    {
        // FNV-1a: the process must not choose, its strings hash differently after each start.
        var hash = 14695981039346656037UL;
        foreach (var letter in key)
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }

        return (int)((hash >> 17) % (uint)shards);
    }

    private SeriesBinding Make(Series series)
    {
        var key = series.Key;
        var binding = RulesFor(key) is { } bound ? Make(series, key, bound) : SeriesBinding.None;
        _bindings[series.Id] = binding;
        _previous.Clear(series.Id);

        return binding;
    }

    private SeriesBinding Make(Series series, SeriesKey key, BoundRules bound)
    {
        var shares = SeriesIdentity.IsVolatile(key, set.VolatileTags);
        var name = shares ? SeriesIdentity.KeyOf(key, set.VolatileTags).ToString() : key.ToString();
        if (!shares || !_shared.TryGetValue(name, out var identity))
        {
            identity = NewIdentity(series, bound);
            if (shares)
            {
                _shared.Add(name, identity);
            }
        }

        if (identity.Series.IsForgotten)
        {
            identity.Series = series;
        }

        return new SeriesBinding(identity, MapOf(series, bound), ShardOf(name, shards));
    }

    private SeriesIdentity NewIdentity(Series series, BoundRules bound)
    {
        var identity = new SeriesIdentity(bound, series) { Arrival = firstArrival, HasHistory = series.Id < knownSeries };
        if (_previous[series.Id]?.Identity is { } before)
        {
            (identity.LastTime, identity.Interval, identity.Arrival) = (before.LastTime, before.Interval, before.Arrival);
        }

        return identity;
    }

    private BoundRules? RulesFor(SeriesKey key)
    {
        if (set.On(key.Measurement) is not { } rules)
        {
            return null;
        }

        var variants = new List<RuleVariant>();
        var form = new System.Text.StringBuilder(key.Measurement);
        foreach (var rule in rules.Rules)
        {
            if (rule.For(key) is { } variant)
            {
                variants.Add(variant);
                form.Append('|').Append(rule.Name).Append('|').Append(rule.Overrides.Select(one => one.Variant).ToList().IndexOf(variant));
            }
        }

        if (variants.Count == 0)
        {
            return null;
        }

        var name = form.ToString();
        if (!_bound.TryGetValue(name, out var bound))
        {
            _bound.Add(name, bound = new BoundRules(rules, variants, set));
        }

        return bound;
    }

    private FieldMap MapOf(Series series, BoundRules bound)
    {
        var fields = series.Fields;
        if (!_maps.TryGetValue((fields, bound.Slots), out var map))
        {
            _maps.Add((fields, bound.Slots), map = new FieldMap(fields, bound.Slots));
        }

        return map;
    }

    private SeriesBinding Remap(SeriesBinding binding, Series series)
    {
        binding.Map = MapOf(series, binding.Identity.Bound);
        return binding;
    }
}

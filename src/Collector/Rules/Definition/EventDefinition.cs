using NocMonitor.Configuration;

namespace NocMonitor.Collector.Rules.Definition;

/// <summary>A state that traps begin and end. Immutable.</summary>
internal sealed class EventDefinition(EventOptions options, ConfigPlace place)
{
    /// <summary>In <see cref="Per"/>: each trap that begins the event makes one of its own.</summary>
    public const string ByTrap = "trap";

    private readonly TagPattern[] _raise = [.. options.RaisedBy.Select(name => new TagPattern(name))];
    private readonly TagPattern[] _clear = [.. options.ClearedBy.Select(name => new TagPattern(name))];

    public string Name => options.Name;

    public IReadOnlyList<string> Per => options.Per;

    public string Polled => options.Polled;

    public ConfigPlace Place => place;

    /// <summary>Whether a trap of this name and severity begins the event.</summary>
    public bool IsRaisedBy(string trap, string severity) =>
        Array.Exists(_raise, pattern => pattern.Matches(trap)) && (options.Severity == TrapSeverity.Info || Of(severity) >= options.Severity);

    /// <summary>Whether a trap of this name ends it.</summary>
    public bool IsClearedBy(string trap) => Array.Exists(_clear, pattern => pattern.Matches(trap));

    /// <summary>Of the traps that another says it ends, those that begin this event.</summary>
    public IEnumerable<string> EndedAmong(string clears) =>
        clears.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(name => Array.Exists(_raise, pattern => pattern.Matches(name)));

    private static TrapSeverity Of(string severity) => Enum.TryParse<TrapSeverity>(severity, ignoreCase: true, out var known) ? known : TrapSeverity.Info;

    /// <summary>Reads one; null after errors.</summary>
    public static EventDefinition? Read(ConfigNode node, ICollection<ConfigError> errors)
    {
        var before = errors.Count;
        var reader = new OptionReader(node, errors);
        var options = EventOptions.Read(reader);
        reader.Complete();
        if (options.RaisedBy.Count == 0)
        {
            reader.Fail("RaisedBy", "an event needs at least one trap that begins it");
        }

        if (options.Per.Contains(ByTrap) && options.ClearedBy.Count > 0)
        {
            reader.Fail("ClearedBy", $"which event it ends is not known where there is one for each {ByTrap}; the trap's own field clears says it");
        }

        if (options.Per.Any(part => part.Length == 0))
        {
            reader.Fail("Per", "a name of a field, or an OID, is empty");
        }

        return errors.Count == before ? new EventDefinition(options, node.Place) : null;
    }
}

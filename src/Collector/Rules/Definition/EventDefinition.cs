using NocMonitor.Configuration;

namespace NocMonitor.Collector.Rules.Definition;

/// <summary>A state that traps begin and end. Immutable.</summary>
internal sealed class EventDefinition(EventOptions options, ConfigPlace place)
{
    private readonly TagPattern[] _raise = [.. options.RaisedBy.Select(name => new TagPattern(name))];
    private readonly TagPattern[] _clear = [.. options.ClearedBy.Select(name => new TagPattern(name))];

    public string Name => options.Name;

    public IReadOnlyList<string> Per => options.Per;

    public string Polled => options.Polled;

    public ConfigPlace Place => place;

    /// <summary>Whether a trap of this name begins the event (true) or ends it (false); null when it has nothing to do with it.</summary>
    public bool? Says(string trap) =>
        Array.Exists(_raise, pattern => pattern.Matches(trap)) ? true : Array.Exists(_clear, pattern => pattern.Matches(trap)) ? false : null;

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

        if (options.Per.Any(part => part.Length == 0))
        {
            reader.Fail("Per", "a name of a field, or an OID, is empty");
        }

        return errors.Count == before ? new EventDefinition(options, node.Place) : null;
    }
}

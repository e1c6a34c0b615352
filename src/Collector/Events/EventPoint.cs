using NocMonitor.Collector.Rules.Definition;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Events;

/// <summary>The point that an event's state is stored as: measurement <c>trap_state</c>, one series for each thing of a host. See docs/formats/trap-events.md.</summary>
internal static class EventPoint
{
    public const string Measurement = "trap_state";

    /// <summary>A host that was polled for a measurement within this is polled for it.</summary>
    public const long PolledWithin = 3_600L * 1_000_000_000;

    private const int LongestInstance = 200;

    /// <param name="by">The trap that began the event.</param>
    public static Point Of(EventDefinition definition, TrapRow trap, string by, bool raised, KnownPort? port)
    {
        // Not who received it: the same trap sent to two agents is one event.
        var point = new Point(Measurement) { Timestamp = trap.Time }
            .Tag("host", trap.Host).Tag("event", definition.Name).Tag("instance", Instance(definition, trap, by))
            .Field("raised", raised ? 1L : 0L).Field("trap", trap.Name);
        foreach (var (name, value) in trap.Fields.Where(field => field.Key is not ("raised" or "trap")))
        {
            point.Field(name, value);
        }

        if (port is not null)
        {
            point.Field("ifName", port.Name);
            point.Field("ifAlias", port.Alias);
        }

        return point;
    }

    /// <summary>Whether the event was ever stored for this thing: the end of what never began is nothing to store.</summary>
    public static bool IsKnown(Point point, SeriesIndex index) =>
        index.Find(Measurement, [.. point.Tags.Select(tag => TagMatcher.Equal(tag.Key, tag.Value))]).Any(series => series.Key.Tags.Count == point.Tags.Count);

    /// <summary>
    /// The same for each thing that the event began for, where a trap that ends it does not say which: then all are over. Empty when the event has no such things.
    /// </summary>
    public static IEnumerable<Point> OfEach(Point point, SeriesIndex index)
    {
        var (host, name) = (point.FindTag("host")!, point.FindTag("event")!);
        var below = point.FindTag("instance") + "/";
        foreach (var series in index.Find(Measurement, TagMatcher.Equal("host", host), TagMatcher.Equal("event", name)))
        {
            if (series.Key.FindTag("instance") is { } known && known.StartsWith(below, StringComparison.Ordinal))
            {
                var each = new Point(Measurement) { Timestamp = point.Timestamp }.Tag("host", host).Tag("event", name).Tag("instance", known);
                point.Fields.ToList().ForEach(field => each.Field(field.Key, field.Value));
                yield return each;
            }
        }
    }

    /// <summary>
    /// Whether a trap leaves open which of a trap's things it is about. Only of events that each trap makes one of its own: there the trap it ends is known, and the rest is what a profile adds.
    /// </summary>
    public static bool IsOpen(EventDefinition definition, TrapRow trap, string by) =>
        definition.Per.Contains(EventDefinition.ByTrap) && definition.Per.Any(part => Part(part, trap, by).Length == 0);

    private static string Instance(EventDefinition definition, TrapRow trap, string by)
    {
        var parts = definition.Per.Select(part => Part(part, trap, by)).Where(part => part.Length > 0);
        var text = string.Join('/', parts);
        return text.Length <= LongestInstance ? text : text[..LongestInstance];
    }

    private static string Part(string part, TrapRow trap, string by) =>
        part == EventDefinition.ByTrap ? by
        : char.IsAsciiDigit(part[0]) ? IndexOf(part, trap)
        : trap.Fields.TryGetValue(part, out var value) ? value.ToString() : "";

    /// <summary>What stands behind an OID in the names of the trap's variables: the row that it is about, where no variable says it as its value.</summary>
    private static string IndexOf(string oid, TrapRow trap)
    {
        foreach (var pair in trap.Fields.GetValueOrDefault("varbinds").Text.Split("; "))
        {
            var name = pair.TrimStart('.').AsSpan();
            if (name.StartsWith(oid) && name.Length > oid.Length && name[oid.Length] == '.')
            {
                return name[(oid.Length + 1)..].ToString().Split('=')[0];
            }
        }

        return "";
    }
}

using NocMonitor.Collector.Notify.Outbox;
using NocMonitor.Collector.Notify.Routing;
using NocMonitor.Configuration;

namespace NocMonitor.Collector.Notify;

/// <summary>Who is told, of what, and how hard it is tried: <c>Receivers</c>, <c>Routes</c>, <c>DefaultReceivers</c> and <c>Outbox</c>.</summary>
internal sealed record NotifyOptions
{
    public required IReadOnlyDictionary<string, ReceiverOptions> Receivers { get; init; }

    public required IReadOnlyList<AlertRoute> Routes { get; init; }

    /// <summary>Who is told of alerts that no route matches; empty: every receiver.</summary>
    public required IReadOnlyList<string> DefaultReceivers { get; init; }

    public required OutboxOptions Outbox { get; init; }

    /// <summary>Reads from the section they stand in, <c>Collector</c> itself.</summary>
    public static NotifyOptions Read(OptionReader reader)
    {
        var receivers = reader.SectionMap("Receivers", ReceiverOptions.Read, "Who can be told, by name.");
        var options = new NotifyOptions
        {
            Receivers = receivers,
            Routes = reader.Sections("Routes", route => AlertRoute.Read(route, receivers.Keys), "Which alerts go to which receivers; the first match counts."),
            DefaultReceivers = reader.Texts("DefaultReceivers", [], "Who is told of alerts that no route matches; none given: every receiver."),
            Outbox = reader.Section("Outbox", OutboxOptions.Read, "How hard a notification is tried."),
        };
        reader.CheckReceivers("DefaultReceivers", options.DefaultReceivers, receivers.Keys);
        return options;
    }

    public RouteTable ToRouteTable() => new(
        Routes, DefaultReceivers.Count > 0 ? DefaultReceivers : [.. Receivers.Keys],
        Receivers.Values.Where(receiver => receiver.Enabled).Select(receiver => receiver.Name));
}

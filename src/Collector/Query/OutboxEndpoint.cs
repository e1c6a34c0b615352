using NocMonitor.Collector.Notify.Outbox;

namespace NocMonitor.Collector.Query;

/// <summary>How one receiver stands.</summary>
/// <param name="Broken">It is not tried for the moment: too many tries failed in a row. Null when it is not on.</param>
internal sealed record ReceiverView(
    string Receiver, bool? Broken, long Pending, DateTimeOffset? OldestPending, long Delivered, long Failed, long Dead);

internal sealed record OutboxList(IReadOnlyList<ReceiverView> Receivers);

/// <summary>What waits for whom, and how sending went.</summary>
internal sealed class OutboxEndpoint(OutboxStanding standing, NotificationDispatcher dispatcher)
{
    public Task ListAsync(HttpContext context)
    {
        var rows = standing.Read().ToDictionary(row => row.Receiver, StringComparer.Ordinal);
        var on = dispatcher.Receivers.ToDictionary(receiver => receiver.Name, receiver => receiver.IsBroken, StringComparer.Ordinal);
        var all = rows.Keys.Union(on.Keys).Order(StringComparer.Ordinal).Select(name => View(name, rows.GetValueOrDefault(name), on));
        return Answer.WriteAsync(context, new OutboxList([.. all]), QueryJson.Plain.OutboxList);
    }

    private static ReceiverView View(string name, ReceiverStanding? row, Dictionary<string, bool> on) => new(
        name, on.TryGetValue(name, out var broken) ? broken : null,
        row?.Pending ?? 0, row?.Oldest, row?.Delivered ?? 0, row?.Failed ?? 0, row?.Dead ?? 0);
}

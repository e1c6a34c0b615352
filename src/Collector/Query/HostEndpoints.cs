using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Hosts;
using NocMonitor.LineProtocol;

namespace NocMonitor.Collector.Query;

/// <summary>A host as the read API shows it.</summary>
/// <param name="State">The worst severity that fires for it; else <c>silent</c> when nothing came for a while; else <c>ok</c>.</param>
internal sealed record HostView(string Name, string State, string? Agent, DateTimeOffset FirstSeen, DateTimeOffset? LastSeen, int Warnings, int Criticals);

/// <summary>All hosts by name.</summary>
internal sealed record HostList(IReadOnlyList<HostView> Hosts);

/// <summary>Who was heard of, when, and what fires for whom.</summary>
internal sealed class HostEndpoints(HostBoard board, AlertStore alerts, TimeProvider time)
{
    private static readonly TimeSpan SilentAfter = TimeSpan.FromMinutes(3);

    public Task ListAsync(HttpContext context)
    {
        var query = new QueryReader(context, time);
        var state = query.Word("state", "all", "ok", "silent", "warning", "critical");
        query.Complete();
        return query.Errors is { } errors
            ? Problem.WriteAsync(context, 400, errors)
            : Answer.WriteAsync(context, new HostList([.. All().Where(host => state == "all" || host.State == state)]), QueryJson.Plain.HostList);
    }

    public IReadOnlyList<HostView> All()
    {
        var open = alerts.List(new AlertFilter(Limit: int.MaxValue)).ToLookup(alert => alert.Host, alert => alert.Severity, StringComparer.Ordinal);
        var now = time.GetUtcNow();
        return [.. board.All.OrderBy(host => host.Name, StringComparer.Ordinal).Select(host => View(host, [.. open[host.Name]], now))];
    }

    private static HostView View(KnownHost host, IReadOnlyList<Severity> open, DateTimeOffset now)
    {
        DateTimeOffset? lastSeen = host.LastSeenNs > 0 ? UnixNanoseconds.ToTime(host.LastSeenNs) : null;
        var criticals = open.Count(severity => severity == Severity.Critical);
        var state = criticals > 0 ? "critical"
            : open.Count > 0 ? "warning"
            : lastSeen is null || now - lastSeen > SilentAfter ? "silent"
            : "ok";
        return new HostView(
            host.Name, state, host.Agent.Length > 0 ? host.Agent : null, host.FirstSeen, lastSeen, open.Count - criticals, criticals);
    }
}

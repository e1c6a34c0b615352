using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Hosts;
using NocMonitor.Collector.Security;
using NocMonitor.LineProtocol;

namespace NocMonitor.Collector.Query;

/// <summary>A host as the read API shows it.</summary>
/// <param name="State">The worst severity that fires for it; else <c>silent</c> when nothing came for a while; else <c>ok</c>.</param>
internal sealed record HostView(string Name, string State, string? Agent, DateTimeOffset FirstSeen, DateTimeOffset? LastSeen, int Warnings, int Criticals)
{
    /// <summary>For showing the worst first.</summary>
    public int Rank() => State switch
    {
        "critical" => 0,
        "warning" => 1,
        "silent" => 2,
        _ => 3,
    };
}

/// <summary>All hosts by name.</summary>
internal sealed record HostList(IReadOnlyList<HostView> Hosts);

/// <summary>What taking a host out of the watch did.</summary>
/// <param name="Alerts">Alerts that were open and are resolved.</param>
/// <param name="Series">Series that are not waited for any more.</param>
internal sealed record HostForgotten(string Name, int Alerts, int Series);

/// <summary>Who was heard of, when, and what fires for whom; and taking out of the watch who will not come back.</summary>
internal sealed class HostEndpoints(HostBoard board, HostRemoval removal, AlertStore alerts, RequestAccess access, TimeProvider time)
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

    public async Task ForgetAsync(HttpContext context)
    {
        var decision = access.Decide(context, Access.Manage);
        if (!decision.Allowed)
        {
            await Problem.WriteAsync(context, decision.StatusCode, decision.Reason);
            return;
        }

        var name = context.Request.RouteValues["name"] as string ?? "";
        var who = decision.Outcome == AccessOutcome.Token ? decision.Name : context.Connection.RemoteIpAddress?.ToString() ?? "somebody";
        await (await removal.ForgetAsync(name, who, context.RequestAborted) is { } forgotten
            ? Answer.WriteAsync(context, new HostForgotten(name, forgotten.Alerts, forgotten.Series), QueryJson.Plain.HostForgotten)
            : Problem.WriteAsync(context, 404, "there is no such host"));
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

using NocMonitor.Collector.Notify;

namespace NocMonitor.Collector.Tests.Notify;

/// <summary>Alerts and notifications for tests that care about one thing of them.</summary>
internal static class SomeAlert
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    public static NotifiedAlert Firing(long id = 7, string host = "web01", string severity = "critical") => new()
    {
        AlertId = id,
        TransitionId = (id * 10) + 1,
        IsFiring = true,
        Rule = "http.status",
        Severity = severity,
        Labels = new Dictionary<string, string> { ["host"] = host, ["server"] = "http://web01/" },
        Summary = $"http://web01/ on {host} answers 500",
        Description = "three tries in a row",
        Runbook = "https://runbooks.example.org/http",
        Value = "500",
        StartsAt = Start,
        Link = $"http://noc:8490/api/v1/alerts/{id}",
        DrawSparkline = () => "▁▁▂█",
    };

    public static NotifiedAlert Resolved(long id = 7, string host = "web01") =>
        Firing(id, host) with { TransitionId = (id * 10) + 2, IsFiring = false, EndsAt = Start.AddMinutes(5) };

    public static Notification Notification(params NotifiedAlert[] alerts) => new("ops", "alert-7-71-ops", alerts, "http://noc:8490");
}

using System.Text;

namespace NocMonitor.Collector.Notify.Webhook;

/// <summary>Puts a notification into Alertmanager's words.</summary>
internal static class WebhookPayloads
{
    private static readonly DateTimeOffset StillFiring = DateTimeOffset.MinValue;

    public static WebhookPayload From(Notification notification)
    {
        var alerts = notification.Alerts.Select(ToWebhook).ToArray();
        var labels = Common(alerts.Select(alert => alert.Labels));

        // One alert is a group of its own, as with group_by: ['...']: its key is the same from the first warning to the end.
        var group = Sorted(labels.Where(label => label.Key != "severity"));
        return new WebhookPayload(
            notification.Receiver, Status(notification.IsFiring), alerts, group, labels, Common(alerts.Select(alert => alert.Annotations)),
            notification.ExternalUrl, "4", GroupKey(group), TruncatedAlerts: 0);
    }

    private static WebhookAlert ToWebhook(NotifiedAlert alert)
    {
        var labels = Sorted([.. alert.Labels, new("alertname", alert.Rule), new("severity", alert.Severity)]);
        var annotations = Sorted(new Dictionary<string, string>
        {
            ["summary"] = alert.Summary,
            ["description"] = alert.Description,
            ["runbook_url"] = alert.Runbook,
            ["value"] = alert.Value,
        }.Where(annotation => annotation.Value.Length > 0));
        return new WebhookAlert(
            Status(alert.IsFiring), labels, annotations, alert.StartsAt, alert.EndsAt ?? StillFiring, alert.Link, AlertFingerprint.Of(labels));
    }

    private static string Status(bool firing) => firing ? "firing" : "resolved";

    private static SortedDictionary<string, string> Common(IEnumerable<IReadOnlyDictionary<string, string>> all)
    {
        var sets = all.ToArray();
        return Sorted(sets[0].Where(pair => sets.All(set => set.TryGetValue(pair.Key, out var value) && value == pair.Value)));
    }

    private static SortedDictionary<string, string> Sorted(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in pairs)
        {
            sorted[name] = value;
        }

        return sorted;
    }

    /// <summary>Alertmanager's form: the route, a colon, the group's labels as a matcher set.</summary>
    private static string GroupKey(SortedDictionary<string, string> labels)
    {
        var text = new StringBuilder("{}:{");
        text.AppendJoin(", ", labels.Select(label => $"{label.Key}=\"{label.Value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""));
        return text.Append('}').ToString();
    }
}

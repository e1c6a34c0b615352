using System.Globalization;
using System.Net;
using System.Text;

namespace NocMonitor.Collector.Notify.Mail;

/// <summary>Says a notification in words: subject, plain text and HTML. Pure; whatever came over the network is escaped.</summary>
internal static class MailBody
{
    public static string Subject(Notification notification)
    {
        if (notification.Alerts is [var alert])
        {
            return $"[{State(alert)}] {(alert.Summary.Length > 0 ? alert.Summary : alert.Rule)}";
        }

        var firing = notification.Alerts.Count(candidate => candidate.IsFiring);
        return $"[{firing} firing, {notification.Alerts.Count - firing} resolved] {string.Join(", ", Rules(notification))}";
    }

    public static string Plain(Notification notification)
    {
        var text = new StringBuilder();
        foreach (var alert in notification.Alerts)
        {
            text.Append(State(alert)).Append(": ").Append(alert.Summary).Append("\n\n");
            AppendLine(text, alert.Description);
            foreach (var (name, value) in Facts(alert))
            {
                text.Append(CultureInfo.InvariantCulture, $"{name + ":",-11}{value}\n");
            }

            text.Append('\n');
        }

        return text.Append("NocMonitor at ").Append(notification.ExternalUrl).Append('\n').ToString();
    }

    public static string Html(Notification notification)
    {
        var html = new StringBuilder("<!DOCTYPE html><html><body style=\"font-family:sans-serif;font-size:14px;color:#222\">\n");
        foreach (var alert in notification.Alerts)
        {
            html.Append(CultureInfo.InvariantCulture, $"<h2 style=\"font-size:16px;border-left:6px solid {Colour(alert)};padding-left:8px\">{State(alert)}: {Escape(alert.Summary)}</h2>\n");
            if (alert.Description.Length > 0)
            {
                html.Append("<p>").Append(Escape(alert.Description).Replace("\n", "<br>", StringComparison.Ordinal)).Append("</p>\n");
            }

            html.Append("<table cellpadding=\"3\">\n");
            foreach (var (name, value) in Facts(alert))
            {
                html.Append(CultureInfo.InvariantCulture, $"<tr><td style=\"color:#777\">{name}</td><td>{Linked(value)}</td></tr>\n");
            }

            html.Append("</table>\n");
        }

        var home = Escape(notification.ExternalUrl);
        return html.Append(CultureInfo.InvariantCulture, $"<p style=\"color:#777\">NocMonitor at <a href=\"{home}\">{home}</a></p>\n</body></html>").ToString();
    }

    private static IEnumerable<(string Name, string Value)> Facts(NotifiedAlert alert)
    {
        const string time = "yyyy-MM-dd HH:mm:ss 'UTC'";
        (string, string)[] facts =
        [
            ("Host", alert.Host),
            ("Rule", alert.Rule),
            ("Severity", alert.Severity),
            ("Value", alert.Value),
            ("Last hour", alert.DrawSparkline()),
            ("Since", alert.StartsAt.UtcDateTime.ToString(time, CultureInfo.InvariantCulture)),
            ("Until", alert.EndsAt?.UtcDateTime.ToString(time, CultureInfo.InvariantCulture) ?? ""),
            ("Labels", string.Join(", ", alert.Labels.Where(label => label.Key != "host").Select(label => $"{label.Key}={label.Value}"))),
            ("Runbook", alert.Runbook),
            ("Alert", alert.Link),
        ];
        return facts.Where(fact => fact.Item2.Length > 0);
    }

    private static string State(NotifiedAlert alert) => alert.IsFiring ? alert.Severity.ToUpperInvariant() : "RESOLVED";

    private static string Colour(NotifiedAlert alert) => !alert.IsFiring ? "#2e7d32" : alert.Severity == "critical" ? "#c62828" : "#ef8f00";

    private static IEnumerable<string> Rules(Notification notification) => notification.Alerts.Select(alert => alert.Rule).Distinct().Take(5);

    private static void AppendLine(StringBuilder text, string line)
    {
        if (line.Length > 0)
        {
            text.Append(line).Append("\n\n");
        }
    }

    /// <summary>Only our own kinds of address become links: a summary with a script address stays text.</summary>
    private static string Linked(string value)
    {
        var escaped = Escape(value);
        return Uri.TryCreate(value, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            ? $"<a href=\"{escaped}\">{escaped}</a>"
            : escaped;
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}

using System.Globalization;
using System.Net;
using System.Text;
using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Forward;
using NocMonitor.Collector.Hosting;
using NocMonitor.Configuration;

namespace NocMonitor.Collector.Query;

/// <summary>One plain page for a person who opens the collector's address: what fires, worst first, who was heard of, where to look further.</summary>
internal sealed class StatusPage(HostEndpoints hosts, AlertStore alerts, ForwarderSet forwarders, TimeProvider time)
{
    private const int MostRows = 500;

    private const string Head =
        """
        <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>NocMonitor</title><meta http-equiv="refresh" content="10">
        <meta name="viewport" content="width=device-width,initial-scale=1"><style>
        body{font:14px sans-serif;margin:2em;color:#222}table{border-collapse:collapse;margin-bottom:2em}
        td,th{padding:4px 16px 4px 0;text-align:left;vertical-align:top;border-bottom:1px solid #ddd}th{color:#666;font-weight:normal}
        .why{max-width:40em;overflow-wrap:anywhere}.critical{color:#c62828;font-weight:bold}.warning{color:#b36b00;font-weight:bold}.silent{color:#777}.ok{color:#2e7d32}
        @media(max-width:40em){body{margin:1em}td,th{padding-right:8px}td:nth-child(n+2){overflow-wrap:anywhere}}
        </style></head><body><h1>NocMonitor</h1>

        """;

    public Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        return context.Response.WriteAsync(Write(), context.RequestAborted);
    }

    private string Write()
    {
        var now = time.GetUtcNow();
        var page = new StringBuilder(Head);
        WriteAlerts(page, now);
        WriteHosts(page, now);
        WriteForwarders(page);
        return page.Append(CultureInfo.InvariantCulture,
            $"""
            <p>Look further: <a href="/api/v1/series">series</a>, <a href="/api/v1/points?measurement=cpu&amp;latest=true">the last cpu points</a>,
            <a href="/api/v1/alerts?state=all">all alerts</a>, <a href="/api/v1/receivers">receivers</a>, <a href="/metrics">metrics</a>,
            <a href="/openapi/v1.json">the API</a>. NocMonitor {CollectorVersion.Number}, {Time(now)}</p></body></html>
            """).ToString();
    }

    private void WriteAlerts(StringBuilder page, DateTimeOffset now)
    {
        var open = alerts.List(new AlertFilter(Limit: int.MaxValue));
        Heading(page, open.Count, "open alert", "Severity", "Summary", "Host", "Rule", "Since");
        foreach (var alert in open.OrderByDescending(alert => alert.Severity).ThenByDescending(alert => alert.FiredAt).Take(MostRows))
        {
            var severity = AlertTables.Word(alert.Severity);
            page.Append(CultureInfo.InvariantCulture,
                $"<tr><td class=\"{severity}\">{severity}</td><td><a href=\"/api/v1/alerts/{alert.Id}\">{Escape(alert.Summary)}</a></td><td>{Escape(alert.Host)}</td><td>{Escape(alert.Rule)}</td>{Moment(AlertView.At(alert.Since), now)}</tr>\n");
        }

        End(page, open.Count);
    }

    private void WriteHosts(StringBuilder page, DateTimeOffset now)
    {
        var known = hosts.All();
        Heading(page, known.Count, "host", "State", "Host", "Agent", "Last seen");
        foreach (var host in known.OrderBy(host => host.Rank()).Take(MostRows))
        {
            page.Append(CultureInfo.InvariantCulture,
                $"<tr><td class=\"{host.State}\">{host.State}</td><td>{Escape(host.Name)}</td><td>{Escape(host.Agent ?? "")}</td>{Moment(host.LastSeen, now)}</tr>\n");
        }

        End(page, known.Count);
    }

    /// <summary>Most collectors have no forwarder, and nothing to say about them.</summary>
    private void WriteForwarders(StringBuilder page)
    {
        var all = forwarders.Standings();
        if (all.Count == 0)
        {
            return;
        }

        Heading(page, all.Count, "forwarder", "Forwarder", "Behind by", "Sent lines", "Refused lines", "Last failure");
        foreach (var one in all.OrderByDescending(one => one.Lag).Take(MostRows))
        {
            var state = one.LostBatches > 0 ? "critical" : one.Trouble.Length > 0 || one.RejectedLines > 0 ? "warning" : "ok";
            page.Append(CultureInfo.InvariantCulture,
                $"<tr><td class=\"{state}\">{Escape(one.Name)}</td><td>{Duration.Format(TimeSpan.FromSeconds((long)one.Lag.TotalSeconds))}</td><td>{one.SentLines:N0}</td><td>{one.RejectedLines:N0}</td><td class=\"why\">{Escape(one.Trouble)}</td></tr>\n");
        }

        End(page, all.Count);
    }

    private static void Heading(StringBuilder page, int count, string thing, params ReadOnlySpan<string> columns)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>{Counted.Words(count, thing)}</h2>\n");
        if (count > 0)
        {
            page.Append("<table><tr><th>").AppendJoin("</th><th>", columns).Append("</th></tr>\n");
        }
    }

    private static void End(StringBuilder page, int count)
    {
        page.Append(count > 0 ? "</table>\n" : "");
        if (count > MostRows)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>{count - MostRows} more are not shown.</p>\n");
        }
    }

    private static string Moment(DateTimeOffset? moment, DateTimeOffset now) =>
        moment is { } known ? $"<td title=\"{Time(known)}\">{Elapsed.Ago(known, now)}</td>" : "<td>never</td>";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}

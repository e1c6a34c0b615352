using System.Globalization;
using System.Net;
using System.Text;
using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Hosting;

namespace NocMonitor.Collector.Query;

/// <summary>One plain page for a person who opens the collector's address: what fires, who was heard of, where to look further.</summary>
internal sealed class StatusPage(HostEndpoints hosts, AlertStore alerts)
{
    private const int MostRows = 500;

    public Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        return context.Response.WriteAsync(Write(), context.RequestAborted);
    }

    private string Write()
    {
        var open = alerts.List(new AlertFilter(Limit: MostRows));
        var known = hosts.All();
        var page = new StringBuilder(
            """
            <!DOCTYPE html><html lang="en"><head><title>NocMonitor</title><meta http-equiv="refresh" content="10"><style>
            body{font:14px sans-serif;margin:2em;color:#222}table{border-collapse:collapse;margin-bottom:2em}td,th{padding:4px 12px 4px 0;text-align:left;border-bottom:1px solid #ddd}
            .critical{color:#c62828;font-weight:bold}.warning{color:#b36b00;font-weight:bold}.silent{color:#777}.ok{color:#2e7d32}
            </style></head><body><h1>NocMonitor</h1>

            """);
        page.Append(CultureInfo.InvariantCulture, $"<h2>{open.Count} open alerts</h2><table>\n");
        foreach (var alert in open)
        {
            var severity = AlertTables.Word(alert.Severity);
            page.Append(CultureInfo.InvariantCulture,
                $"<tr><td class=\"{severity}\">{severity}</td><td><a href=\"/api/v1/alerts/{alert.Id}\">{Escape(alert.Summary)}</a></td><td>{Escape(alert.Host)}</td><td>{Escape(alert.Rule)}</td><td>{Time(AlertView.At(alert.Since))}</td></tr>\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"</table><h2>{known.Count} hosts</h2><table>\n");
        foreach (var host in known.Take(MostRows))
        {
            page.Append(CultureInfo.InvariantCulture,
                $"<tr><td class=\"{host.State}\">{host.State}</td><td>{Escape(host.Name)}</td><td>{(host.LastSeen is { } seen ? Time(seen) : "")}</td></tr>\n");
        }

        return page.Append(CultureInfo.InvariantCulture,
            $"""
            </table><p>Look further: <a href="/api/v1/series">series</a>, <a href="/api/v1/points?measurement=cpu&amp;latest=true">the last cpu points</a>,
            <a href="/api/v1/alerts?state=all">all alerts</a>, <a href="/api/v1/receivers">receivers</a>, <a href="/metrics">metrics</a>,
            <a href="/openapi/v1.json">the API</a>. NocMonitor {CollectorVersion.Number}</p></body></html>
            """).ToString();
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}

using System.Text.Json;
using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Security;

namespace NocMonitor.Collector.Query;

/// <summary>Alerts with their timelines, and acknowledging one.</summary>
internal sealed class AlertEndpoints(AlertStore alerts, AlertLog log, NotificationLog notifications, RequestAccess access, TimeProvider time)
{
    private const int LongestText = 1000;
    private const int MostBytes = 16 << 10;

    public Task ListAsync(HttpContext context)
    {
        var query = new QueryReader(context, time);
        var state = query.Word("state", AlertTables.Firing, AlertTables.Resolved, "all");
        var severity = query.Word("severity", "none", "warning", "critical");
        var filter = new AlertFilter(
            state == "all" ? null : state, query.Text("host"), query.Text("rule"),
            severity == "critical" ? Severity.Critical : severity == "warning" ? Severity.Warning : Severity.None, query.Integer("limit", 1000, 1, 10_000));
        query.Complete();
        return query.Errors is { } errors
            ? Problem.WriteAsync(context, 400, errors)
            : Answer.WriteAsync(context, new AlertList([.. alerts.List(filter).Select(AlertView.Of)]), QueryJson.Plain.AlertList);
    }

    public Task ShowAsync(HttpContext context)
    {
        if (!TryFindId(context, out var id) || alerts.Find(id) is not { } alert)
        {
            return Problem.WriteAsync(context, 404, "there is no such alert");
        }

        var timeline = alerts.Timeline(id).Select(entry => new TimelineView(entry.Id, AlertView.At(entry.At), entry.Kind, entry.Who, entry.Text));
        return Answer.WriteAsync(context, new AlertDetail(AlertView.Of(alert), [.. timeline], notifications.Of(id)), QueryJson.Plain.AlertDetail);
    }

    /// <summary>The name of who acknowledges is the token's; without tokens it is what the request says.</summary>
    public async Task AcknowledgeAsync(HttpContext context)
    {
        var decision = access.Decide(context, Access.Manage);
        if (!decision.Allowed)
        {
            await Problem.WriteAsync(context, decision.StatusCode, decision.Reason);
            return;
        }

        var (request, error) = await ReadAsync(context);
        if (request is null)
        {
            await Problem.WriteAsync(context, 400, error);
            return;
        }

        var who = decision.Outcome == AccessOutcome.Token && string.IsNullOrEmpty(request.By) ? decision.Name : request.By ?? "";
        if (who.Length is 0 or > LongestText || request.Note?.Length > LongestText)
        {
            await Problem.WriteAsync(context, 400, $"by is needed, and neither by nor note may have more than {LongestText} characters");
        }
        else if (!TryFindId(context, out var id) || !await log.AcknowledgeAsync(id, who, request.Note ?? "", context.RequestAborted))
        {
            await Problem.WriteAsync(context, 404, "there is no such open alert");
        }
        else
        {
            await ShowAsync(context);
        }
    }

    private static async Task<(AcknowledgeRequest? Request, string? Error)> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MostBytes)
        {
            return (null, "the body is too large");
        }

        if (context.Request.ContentLength is null or 0 && context.Request.Headers.TransferEncoding.Count == 0)
        {
            return (new AcknowledgeRequest(null, null), null);
        }

        try
        {
            var request = await JsonSerializer.DeserializeAsync(context.Request.Body, QueryJson.Plain.AcknowledgeRequest, context.RequestAborted);
            return (request, "the body is no JSON object");
        }
        catch (JsonException)
        {
            return (null, "the body is no JSON object with by and note");
        }
    }

    private static bool TryFindId(HttpContext context, out long id) => long.TryParse(context.Request.RouteValues["id"] as string, out id);
}

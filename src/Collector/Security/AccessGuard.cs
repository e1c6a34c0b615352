using NocMonitor.Collector.Hosting;

namespace NocMonitor.Collector.Security;

/// <summary>
/// Puts a check of access before an endpoint; refusals are problem documents (RFC 9457). A page of another site may start nothing by a post, also where reading is enough:
/// a backtest takes all processors for minutes.
/// </summary>
internal static class AccessGuard
{
    public static RequestDelegate Guard(this RequestAccess access, Access needed, RequestDelegate next) => context =>
    {
        var decision = !IsSafe(context.Request) && CrossSiteRequest.IsOne(context.Request)
            ? new AccessDecision(AccessOutcome.CrossSite, "")
            : access.Decide(context, needed);
        return decision.Allowed ? next(context) : Problem.WriteAsync(context, decision.StatusCode, decision.Reason);
    };

    private static bool IsSafe(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
}

using NocMonitor.Collector.Hosting;

namespace NocMonitor.Collector.Security;

/// <summary>Puts a check of access before an endpoint; refusals are problem documents (RFC 9457).</summary>
internal static class AccessGuard
{
    public static RequestDelegate Guard(this RequestAccess access, Access needed, RequestDelegate next) => context =>
    {
        var decision = access.Decide(context, needed);
        return decision.Allowed ? next(context) : Problem.WriteAsync(context, decision.StatusCode, decision.Reason);
    };
}

using System.Net;

namespace NocMonitor.Collector.Security;

/// <summary>
/// Tells whether a request is this machine's own. A loopback address alone does not prove it: a reverse proxy in front, or a web page in
/// this machine's browser (by a cross-site post or by DNS rebinding), comes from loopback too.
/// </summary>
internal static class LoopbackRequest
{
    public static bool IsOwn(HttpContext context)
    {
        var request = context.Request;
        return IsLoopback(context.Connection.RemoteIpAddress)
            && !request.Headers.ContainsKey("X-Forwarded-For")
            && !request.Headers.ContainsKey("Forwarded")
            && NamesThisMachine(request.Host.Host)
            && (request.Headers.Origin.Count == 0 || IsSameSite(request));
    }

    /// <summary>A Unix socket has no address: who may open it is the file's permission.</summary>
    private static bool IsLoopback(IPAddress? address) =>
        address is null || IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    private static bool NamesThisMachine(string host) =>
        host.Length == 0
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.Equals(Environment.MachineName, StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsSameSite(HttpRequest request) =>
        string.Equals(request.Headers.Origin.ToString(), $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
}

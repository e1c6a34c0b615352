using NocMonitor.Probes.Targets;

namespace NocMonitor.Probes.Http;

/// <summary>A target of the <c>http</c> probe with what does not change between its attempts.</summary>
/// <param name="Server">The URL as points show it.</param>
/// <param name="Request">Its first request.</param>
internal sealed record HttpTarget(string Server, HttpRequest Request)
{
    public static HttpTarget Of(string text, HttpOptions options)
    {
        var url = new Uri(text, UriKind.Absolute);
        return new HttpTarget(PublicUrl.Of(url), HttpRequest.First(url, options));
    }

    /// <summary>Whether the URL can be asked: http or https with a host.</summary>
    public static bool IsUsable(Uri url) =>
        (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) && HostPort.IsHost(url.IdnHost.Trim('[', ']')) && url.Port is > 0 and <= 65535;
}

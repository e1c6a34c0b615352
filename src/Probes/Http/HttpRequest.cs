using System.Net;
using System.Text;

namespace NocMonitor.Probes.Http;

/// <summary>
/// One HTTP/1.1 request to one URL: where it goes and the bytes that go there. Immutable. The bytes hold secrets and are shown nowhere.
/// </summary>
internal sealed class HttpRequest
{
    private readonly HttpOptions _options;
    private readonly bool _sendBody;

    private HttpRequest(Uri url, string method, bool sendBody, bool sameOrigin, HttpOptions options)
    {
        Url = url;
        Method = method;
        _options = options;
        _sendBody = sendBody;
        SameOrigin = sameOrigin;
        Bytes = Write();
    }

    public Uri Url { get; }

    public string Method { get; }

    public byte[] Bytes { get; }

    public bool IsHttps => Url.Scheme == Uri.UriSchemeHttps;

    /// <summary>The host without brackets, as resolvers and certificates know it.</summary>
    public string Host => Url.IdnHost.Trim('[', ']');

    /// <summary>True while no redirect has led to another scheme, host or port: only then credentials and headers of the configuration go along.</summary>
    public bool SameOrigin { get; }

    public static HttpRequest First(Uri url, HttpOptions options) => new(url, options.Method, sendBody: true, sameOrigin: true, options);

    /// <summary>The request that a redirect asks for; null when it leads nowhere that may be followed.</summary>
    public HttpRequest? Redirect(int status, string? location)
    {
        if (location is null || !Uri.TryCreate(Url, location, out var next) || !HttpTarget.IsUsable(next) || (IsHttps && next.Scheme != Uri.UriSchemeHttps))
        {
            return null;
        }

        // RFC 9110, 15.4: 303 asks for the result by GET; clients do the same for a POST at 301 and 302; 307 and 308 keep method and body.
        var toGet = status == 303 ? Method != "HEAD" : status is 301 or 302 && Method == "POST";
        return new HttpRequest(next, toGet ? "GET" : Method, _sendBody && !toGet, SameOrigin && IsSameOrigin(next), _options);
    }

    /// <summary>A request to a proxy for a tunnel to this URL's server.</summary>
    public byte[] Tunnel()
    {
        var text = new StringBuilder($"CONNECT {Authority} HTTP/1.1\r\nHost: {Authority}\r\n");
        if (_options.Proxy?.Authorization is { } authorization)
        {
            text.Append($"Proxy-Authorization: {authorization}\r\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("\r\n").ToString());
    }

    private string Authority => $"{(Url.HostNameType == UriHostNameType.IPv6 ? $"[{Host}]" : Host)}:{Url.Port}";

    private bool IsSameOrigin(Uri other) =>
        other.Scheme == Url.Scheme && other.Port == Url.Port && string.Equals(other.IdnHost, Url.IdnHost, StringComparison.OrdinalIgnoreCase);

    private byte[] Write()
    {
        var throughProxy = _options.Proxy is not null && !IsHttps;
        var path = throughProxy ? Url.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped) : Url.PathAndQuery;
        var head = new StringBuilder($"{Method} {path} HTTP/1.1\r\n");
        foreach (var (name, value) in Headers(throughProxy))
        {
            head.Append($"{name}: {value}\r\n");
        }

        return [.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. _sendBody ? _options.Body : []];
    }

    /// <summary>The configuration's headers win over ours.</summary>
    private Dictionary<string, string> Headers(bool throughProxy)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Host"] = Url.IsDefaultPort ? Authority[..Authority.LastIndexOf(':')] : Authority,
            ["User-Agent"] = "NocMonitor",
            ["Accept"] = "*/*",
            ["Connection"] = _options.KeepAlive ? "keep-alive" : "close",
        };
        if (_sendBody && _options.Body.Length > 0)
        {
            headers["Content-Length"] = $"{_options.Body.Length}";
        }

        if (throughProxy && _options.Proxy!.Authorization is { } proxy)
        {
            headers["Proxy-Authorization"] = proxy;
        }

        if (SameOrigin)
        {
            AddConfigured(headers);
        }

        return headers;
    }

    private void AddConfigured(Dictionary<string, string> headers)
    {
        if (_options.Authorization is { } authorization)
        {
            headers["Authorization"] = authorization;
        }
        else if (Url.UserInfo.Length > 0)
        {
            headers["Authorization"] = HttpOptions.Basic(WebUtility.UrlDecode(Url.UserInfo.Replace("+", "%2B", StringComparison.Ordinal)));
        }

        foreach (var (name, value) in _options.Headers)
        {
            headers[name] = value;
        }
    }
}

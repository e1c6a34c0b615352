using System.Security.Authentication;
using System.Text;

namespace NocMonitor.Collector.Notify;

/// <summary>What requests to somebody else's HTTP server have in common.</summary>
internal static class OutgoingHttp
{
    /// <summary>A client without cookies, redirects and a time limit of its own; connections are renewed every few minutes so that a moved name is noticed.</summary>
    /// <param name="caFile">Authorities to trust instead of the system's.</param>
    public static HttpClient Client(string? caFile) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 16,
        SslOptions = CertificateTrust.ClientOptions(caFile),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Says what failed without the address: the framework's own text names host and port at most.</summary>
    public static string InWords(HttpRequestException exception) => exception.InnerException switch
    {
        AuthenticationException inner => CertificateTrust.InWords(inner),
        { } inner => inner.Message,
        null => exception.Message,
    };

    /// <summary>The beginning of the answer, made fit for one line of a log.</summary>
    public static async ValueTask<string> ReasonAsync(HttpResponseMessage response, int mostBytes, CancellationToken token)
    {
        var buffer = new byte[mostBytes];
        await using var body = await response.Content.ReadAsStreamAsync(token);
        var count = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, token);
        return string.Concat(Encoding.UTF8.GetString(buffer, 0, count).Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
    }

    /// <summary>How long the server asks to wait; null when it does not, zero when that time has passed.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date - time.GetUtcNow());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}

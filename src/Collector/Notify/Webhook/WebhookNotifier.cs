using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace NocMonitor.Collector.Notify.Webhook;

/// <summary>
/// Posts notifications as Alertmanager does, over kept connections that are renewed every few minutes so that a moved name is noticed. Owned by
/// its receiver's queue, which sends one at a time and sets the time limit.
/// </summary>
internal sealed class WebhookNotifier : INotifier
{
    private const int ReasonBytes = 256;

    private readonly WebhookOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    public WebhookNotifier(WebhookOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 16,
            SslOptions = CertificateTrust.ClientOptions(options.CaFile),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public async ValueTask<SendResult> SendAsync(Notification notification, CancellationToken token)
    {
        using var request = Request(notification);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
            return response.IsSuccessStatusCode ? SendResult.Delivered : Judge(response, await ReasonAsync(response, token));
        }
        catch (HttpRequestException exception)
        {
            return SendResult.Temporary(InWords(exception));
        }
        catch (IOException exception)
        {
            return SendResult.Temporary($"the connection broke: {exception.Message}");
        }
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage Request(Notification notification)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(WebhookPayloads.From(notification), WebhookJson.Default.WebhookPayload);
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, _options.Url) { Content = content };
        request.Headers.TryAddWithoutValidation("User-Agent", "NocMonitor");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", notification.IdempotencyKey);
        foreach (var (name, value) in _options.Headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (_options.BearerToken is { } bearer)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer.Reveal());
        }

        if (_options.SigningKey is { } key)
        {
            var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Reveal()), body);
            request.Headers.TryAddWithoutValidation("X-NocMonitor-Signature", $"sha256={Convert.ToHexStringLower(signature)}");
        }

        return request;
    }

    private SendResult Judge(HttpResponseMessage response, string reason)
    {
        var status = (int)response.StatusCode;
        var words = reason.Length == 0 ? $"answered {status}" : $"answered {status}: {reason}";
        return status >= 500 || response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
            ? SendResult.Temporary(words, RetryAfter(response))
            : SendResult.Permanent(words);
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > _time.GetUtcNow() => date - _time.GetUtcNow(),
        _ => null,
    };

    /// <summary>The beginning of the answer, made fit for one line of a log.</summary>
    private static async Task<string> ReasonAsync(HttpResponseMessage response, CancellationToken token)
    {
        var buffer = new byte[ReasonBytes];
        await using var body = await response.Content.ReadAsStreamAsync(token);
        var count = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, token);
        return string.Concat(Encoding.UTF8.GetString(buffer, 0, count).Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
    }

    /// <summary>Says what failed without the address: the framework's own text names host and port at most.</summary>
    private static string InWords(HttpRequestException exception) => exception.InnerException switch
    {
        AuthenticationException inner => CertificateTrust.InWords(inner),
        { } inner => inner.Message,
        null => exception.Message,
    };
}

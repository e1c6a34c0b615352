using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace NocMonitor.Collector.Notify.Webhook;

/// <summary>
/// Posts notifications as Alertmanager does, over kept connections. Owned by its receiver's queue, which sends one at a time and sets the time limit.
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
        _client = OutgoingHttp.Client(options.CaFile);
    }

    public async ValueTask<SendResult> SendAsync(Notification notification, CancellationToken token)
    {
        using var request = Request(notification);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
            return response.IsSuccessStatusCode ? SendResult.Delivered : Judge(response, await OutgoingHttp.ReasonAsync(response, ReasonBytes, token));
        }
        catch (HttpRequestException exception)
        {
            return SendResult.Temporary(OutgoingHttp.InWords(exception));
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
            ? SendResult.Temporary(words, OutgoingHttp.RetryAfter(response, _time))
            : SendResult.Permanent(words);
    }
}

using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using NocMonitor.Agent.Settings;

namespace NocMonitor.Agent.Delivery;

/// <summary>
/// Posts line protocol to one collector. Used by the uplink alone, one request at a time. Every way an exchange can end is a
/// <see cref="PostResult"/>; time and the bytes of the answer are bounded.
/// </summary>
internal sealed class CollectorClient : IDisposable
{
    private const int LongestReason = 300;
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(10);

    private readonly HttpClient _http;
    private readonly Uri _writeUrl;
    private readonly CollectorOptions _options;
    private readonly TimeProvider _time;
    private readonly ClockOffset _clock;
    private readonly MemoryStream _body = new();

    public CollectorClient(CollectorOptions options, HttpMessageHandler handler, TimeProvider time, ClockOffset clock)
    {
        _options = options;
        _time = time;
        _clock = clock;
        _writeUrl = WriteUrl(options);
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The address as logs show it.</summary>
    public string Name => _options.Url.GetLeftPart(UriPartial.Path).TrimEnd('/');

    public async ValueTask<PostResult> PostAsync(ReadOnlyMemory<byte> lines, CancellationToken token)
    {
        using var limit = new CancellationTokenSource(_options.TimeLimit, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(token, limit.Token);
        try
        {
            using var request = Request(lines.Span);
            var sent = _time.GetUtcNow();
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            _clock.Note(sent, _time.GetUtcNow(), response.Headers.Date);
            return await JudgeAsync(response, both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !token.IsCancellationRequested)
        {
            return new PostResult(PostKind.Unavailable, string.Create(CultureInfo.InvariantCulture, $"no answer within {_options.TimeLimit.TotalSeconds} s"));
        }
        catch (HttpRequestException exception)
        {
            return new PostResult(PostKind.Unavailable, InWords(exception));
        }
        catch (IOException exception)
        {
            return new PostResult(PostKind.Unavailable, exception.Message);
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _body.Dispose();
    }

    private static Uri WriteUrl(CollectorOptions options)
    {
        var query = "precision=ns";
        query += options.Organization.Length > 0 ? $"&org={Uri.EscapeDataString(options.Organization)}" : "";
        query += options.Bucket.Length > 0 ? $"&bucket={Uri.EscapeDataString(options.Bucket)}" : "";
        return new UriBuilder(options.Url) { Path = options.Url.AbsolutePath.TrimEnd('/') + "/api/v2/write", Query = query }.Uri;
    }

    private HttpRequestMessage Request(ReadOnlySpan<byte> lines)
    {
        _body.SetLength(0);
        using (var gzip = new GZipStream(_body, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(lines);
        }

        var content = new ByteArrayContent(_body.GetBuffer(), 0, (int)_body.Length);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "utf-8");
        content.Headers.ContentEncoding.Add("gzip");
        var request = new HttpRequestMessage(HttpMethod.Post, _writeUrl) { Content = content };
        if (_options.Token is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Token", token.Reveal());
        }

        return request;
    }

    private async ValueTask<PostResult> JudgeAsync(HttpResponseMessage response, CancellationToken token)
    {
        if (response.IsSuccessStatusCode)
        {
            return PostResult.Accepted;
        }

        var kind = response.StatusCode switch
        {
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => PostKind.BadLines,
            HttpStatusCode.RequestEntityTooLarge => PostKind.TooLarge,
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => PostKind.NotAllowed,
            _ => PostKind.Unavailable,
        };
        var text = await ReadReasonAsync(response, token);
        return new PostResult(kind, $"{(int)response.StatusCode} {text}".TrimEnd(), RetryAfter(response.Headers.RetryAfter));
    }

    private static async ValueTask<string> ReadReasonAsync(HttpResponseMessage response, CancellationToken token)
    {
        var buffer = new byte[LongestReason];
        await using var stream = await response.Content.ReadAsStreamAsync(token);
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, token);
        return PlainText.Of(buffer.AsSpan(0, length));
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date - _time.GetUtcNow());
        return wait switch
        {
            null => null,
            { } given when given < TimeSpan.Zero => TimeSpan.Zero,
            { } given when given > LongestRetryAfter => LongestRetryAfter,
            _ => wait,
        };
    }

    /// <summary>The innermost cause says what happened: refused, unreachable, certificate.</summary>
    private static string InWords(HttpRequestException exception)
    {
        Exception cause = exception;
        while (cause.InnerException is { } inner)
        {
            cause = inner;
        }

        return cause.Message;
    }
}

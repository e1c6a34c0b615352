using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using NocMonitor.Collector.Notify;

namespace NocMonitor.Collector.Forward;

/// <summary>
/// Posts line protocol to one remote. Every way a request can end is a <see cref="RemoteAnswer"/>; its time and the bytes of the answer are bounded.
/// Owned by one forwarder, which sends one request at a time: that keeps the points of a series in order.
/// </summary>
internal sealed class RemoteClient : IDisposable
{
    private const int ReasonBytes = 512;
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(10);

    private readonly ForwarderOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;
    private readonly Uri _address;
    private readonly MemoryStream _body = new();

    public RemoteClient(ForwarderOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _address = WriteAddress(options);
        _client = OutgoingHttp.Client(options.CaFile);
    }

    /// <param name="lines">Whole lines, times in nanoseconds.</param>
    public async ValueTask<RemoteAnswer> PostAsync(ReadOnlyMemory<byte> lines, CancellationToken token)
    {
        using var limit = new CancellationTokenSource(_options.TimeLimit, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(token, limit.Token);
        try
        {
            using var request = Request(lines);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            return response.IsSuccessStatusCode ? RemoteAnswer.Accepted : await JudgeAsync(response, both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !token.IsCancellationRequested)
        {
            return Away(string.Create(CultureInfo.InvariantCulture, $"no answer within {_options.TimeLimit.TotalSeconds} s"));
        }
        catch (HttpRequestException exception)
        {
            return Away(OutgoingHttp.InWords(exception));
        }
        catch (IOException exception)
        {
            return Away($"the connection broke: {exception.Message}");
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _body.Dispose();
    }

    internal static Uri WriteAddress(ForwarderOptions options)
    {
        var (path, parameters) = options.Type switch
        {
            RemoteType.InfluxDb1 => ("/write", new[] { ("db", options.Database), ("rp", options.RetentionPolicy), ("precision", "n") }),
            RemoteType.InfluxDb2 => ("/api/v2/write", [("org", options.Organization), ("bucket", options.Bucket), ("precision", "ns")]),
            RemoteType.VictoriaMetrics => ("/api/v2/write", []),
            _ => ("", []),
        };
        var query = string.Join('&', parameters.Where(part => part.Item2.Length > 0).Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2)}"));
        return path.Length == 0
            ? options.Url
            : new UriBuilder(options.Url) { Path = options.Url.AbsolutePath.TrimEnd('/') + path, Query = query }.Uri;
    }

    private static RemoteAnswer Away(string reason) => new(RemoteVerdict.Unavailable, reason);

    private HttpRequestMessage Request(ReadOnlyMemory<byte> lines)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = Content(lines) };
        request.Headers.TryAddWithoutValidation("User-Agent", "NocMonitor");
        if (_options.Token is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Token", token.Reveal());
        }
        else if (_options.User.Length > 0)
        {
            var credentials = Encoding.UTF8.GetBytes($"{_options.User}:{_options.Password?.Reveal()}");
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
        }

        return request;
    }

    private HttpContent Content(ReadOnlyMemory<byte> lines)
    {
        HttpContent content;
        if (_options.Gzip)
        {
            _body.SetLength(0);
            using (var gzip = new GZipStream(_body, CompressionLevel.Fastest, leaveOpen: true))
            {
                gzip.Write(lines.Span);
            }

            content = new ByteArrayContent(_body.GetBuffer(), 0, (int)_body.Length);
            content.Headers.ContentEncoding.Add("gzip");
        }
        else
        {
            content = new ReadOnlyMemoryContent(lines);
        }

        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "utf-8");
        return content;
    }

    /// <summary>Only what says that a line is bad counts against the lines; a wrong password or a missing database is for an operator to mend, and loses nothing.</summary>
    private async ValueTask<RemoteAnswer> JudgeAsync(HttpResponseMessage response, CancellationToken token)
    {
        var verdict = response.StatusCode switch
        {
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableContent => RemoteVerdict.BadLines,
            HttpStatusCode.RequestEntityTooLarge => RemoteVerdict.TooLarge,
            _ => RemoteVerdict.Unavailable,
        };
        return new RemoteAnswer(verdict, $"{(int)response.StatusCode} {await ReasonAsync(response, token)}".TrimEnd(), RetryAfter(response));
    }

    /// <summary>Redirects are not followed, a password would go along; where one leads, without what may be secret, is what the option should say.</summary>
    private static async ValueTask<string> ReasonAsync(HttpResponseMessage response, CancellationToken token) =>
        (int)response.StatusCode is >= 300 and < 400 && response.Headers.Location is { IsAbsoluteUri: true } location
            ? $"redirects to {location.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)}; set Url to where the remote is"
            : await OutgoingHttp.ReasonAsync(response, ReasonBytes, token);

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var wait = OutgoingHttp.RetryAfter(response, _time);
        return wait > LongestRetryAfter ? LongestRetryAfter : wait;
    }
}

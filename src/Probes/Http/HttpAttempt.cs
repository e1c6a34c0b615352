using System.Net.Sockets;
using System.Security.Authentication;
using NocMonitor.LineProtocol;
using NocMonitor.Probes.Targets;

namespace NocMonitor.Probes.Http;

/// <summary>One attempt at one target: a request and the redirects it leads through. Used once, by one caller.</summary>
internal sealed class HttpAttempt(HttpTarget target, HttpOptions options, HttpConnector connector, KeptConnections kept, ProbeContext context)
{
    private readonly long _started = context.Time.GetTimestamp();
    private readonly HttpTimings _times = new();
    private string _phase = "start";
    private HttpHead? _head;
    private int? _bodyLength;
    private bool? _bodyMatches;

    /// <summary>Runs the attempt and writes what it found into the point.</summary>
    public async ValueTask<Point> RunAsync(Point point, CancellationToken token)
    {
        var outcome = await OutcomeAsync(token);
        _times.Total = context.Time.GetElapsedTime(_started);
        _times.WriteTo(point);
        if (_head is not null)
        {
            point.Field("http_response_code", _head.Status).Field("response_status_code_match", options.ExpectStatus.Contains(_head.Status) ? 1 : 0);
        }

        if (_bodyLength is { } length)
        {
            point.Field("content_length", length);
        }

        if (options.ExpectBody is not null)
        {
            point.Field("response_string_match", _bodyMatches is true ? 1 : 0);
        }

        return outcome.WriteTo(point);
    }

    private async ValueTask<AttemptOutcome> OutcomeAsync(CancellationToken token)
    {
        try
        {
            return await FollowAsync(token);
        }
        catch (SocketException exception)
        {
            return InPhase(AttemptOutcome.Of(exception));
        }
        catch (IOException exception)
        {
            return InPhase(exception.InnerException is SocketException socket
                ? AttemptOutcome.Of(socket)
                : AttemptOutcome.Failed(ResultCode.ConnectionFailed, "connection closed"));
        }
        catch (AuthenticationException exception)
        {
            return InPhase(AttemptOutcome.Failed(ResultCode.TlsFailed, exception.Message));
        }
        catch (OperationCanceledException)
        {
            return InPhase(AttemptOutcome.Failed(ResultCode.Timeout, "no answer in time"));
        }
    }

    private AttemptOutcome InPhase(AttemptOutcome outcome) => outcome with { Reason = $"{_phase}: {outcome.Reason}" };

    private async ValueTask<AttemptOutcome> FollowAsync(CancellationToken token)
    {
        var request = target.Request;
        for (var redirects = 0; ; redirects++)
        {
            var (next, outcome) = await ExchangeAsync(request, redirects == 0, token);
            if (next is null)
            {
                return outcome;
            }

            if (redirects == options.MaxRedirects)
            {
                return AttemptOutcome.Failed(ResultCode.Mismatch, $"more than {options.MaxRedirects} redirects");
            }

            request = next;
        }
    }

    /// <summary>Sends one request and reads its answer. Gives the request that a redirect asks for, else the outcome of the attempt.</summary>
    private async ValueTask<HttpStep> ExchangeAsync(HttpRequest request, bool first, CancellationToken token)
    {
        if (first && await kept.TakeAsync(target.Server) is { } idle && await AskIdleAsync(idle, request, token) is { } answer)
        {
            return answer;
        }

        var (connection, failure) = await connector.OpenAsync(request, _times, phase => _phase = phase, token);
        return connection is null ? new HttpStep(null, failure) : await AskAsync(connection, request, first, token);
    }

    /// <summary>Asks on a connection of an earlier round. Null when the server had closed it, which only shows when it is used.</summary>
    private async ValueTask<HttpStep?> AskIdleAsync(HttpConnection idle, HttpRequest request, CancellationToken token)
    {
        try
        {
            var answer = await AskAsync(idle, request, first: true, token);
            return _head is null && idle.Reader.FirstByteAt is null ? null : answer;
        }
        catch (IOException) when (idle.Reader.FirstByteAt is null)
        {
            return null;
        }
    }

    private async ValueTask<HttpStep> AskAsync(HttpConnection connection, HttpRequest request, bool first, CancellationToken token)
    {
        var reusable = false;
        try
        {
            _phase = "request";
            var asked = context.Time.GetTimestamp();
            await connection.Stream.WriteAsync(request.Bytes, token);
            _phase = "answer";
            (_head, var error) = await connection.Reader.ReadHeadAsync(token);
            NoteTimes(connection.Reader.FirstByteAt, asked);
            if (_head is null)
            {
                var nothing = connection.Reader.FirstByteAt is null;
                return new HttpStep(null, AttemptOutcome.Failed(nothing ? ResultCode.ConnectionFailed : ResultCode.Mismatch, error));
            }

            if (options.MaxRedirects > 0 && _head.Status is 301 or 302 or 303 or 307 or 308 && request.Redirect(_head.Status, _head.Location) is { } next)
            {
                return new HttpStep(next, default);
            }

            (var outcome, reusable) = await ReadBodyAsync(connection.Reader, _head, request.Method, token);
            return new HttpStep(null, outcome);
        }
        finally
        {
            await (reusable && first && options.KeepAlive ? kept.KeepAsync(target.Server, connection) : connection.DisposeAsync());
        }
    }

    private void NoteTimes(long? firstByteAt, long asked)
    {
        var now = context.Time.GetTimestamp();
        if (firstByteAt is { } first)
        {
            _times.FirstByte = (_times.FirstByte ?? TimeSpan.Zero) + context.Time.GetElapsedTime(asked, first);
            _times.Response = context.Time.GetElapsedTime(_started, now);
        }
    }

    /// <summary>Reads the body and judges the answer. Also tells whether the connection can serve another request.</summary>
    private async ValueTask<(AttemptOutcome Outcome, bool Reusable)> ReadBodyAsync(HttpReader reader, HttpHead head, string method, CancellationToken token)
    {
        _phase = "body";
        using var body = new HttpBody(options.MaxResponse, options.ExpectBody is not null);
        var error = head.HasBody(method) ? await reader.ReadBodyAsync(head, body, token) : null;
        _bodyLength = body.Length;
        _bodyMatches = error is null ? options.ExpectBody?.IsIn(body.Bytes, 0) : null;
        return (Judge(head, error), error is null && !head.Close && (head.Chunked || head.ContentLength is not null || !head.HasBody(method)));
    }

    private AttemptOutcome Judge(HttpHead head, string? error)
    {
        if (!options.ExpectStatus.Contains(head.Status))
        {
            return AttemptOutcome.Failed(ResultCode.Mismatch, $"status {$"{head.Status} {head.Reason}".TrimEnd()} is not expected ({options.ExpectStatus})");
        }

        if (error is not null)
        {
            return AttemptOutcome.Failed(ResultCode.Mismatch, error);
        }

        return _bodyMatches is false ? AttemptOutcome.Failed(ResultCode.Mismatch, "the body does not contain what is expected") : AttemptOutcome.Success;
    }

    /// <summary>Where an exchange leads: to another request, or to the end of the attempt.</summary>
    private readonly record struct HttpStep(HttpRequest? Next, AttemptOutcome Outcome);
}

using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using NocMonitor.Testing;

namespace NocMonitor.Agent.Tests;

/// <summary>
/// A collector on a bare socket that answers as it is told, one answer after the other, the last one again and again: well, badly, late, not at all. Every
/// request it read is in <see cref="Requests"/>.
/// </summary>
internal sealed class FakeCollector : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<FakeRequest> _requests = Channel.CreateUnbounded<FakeRequest>();
    private readonly List<FakeRequest> _read = [];
    private readonly Lock _lock = new();
    private readonly List<Task> _work = [];
    private Func<FakeRequest, FakeAnswer> _answer = static _ => FakeAnswer.NoContent;

    public FakeCollector(int port = 0)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _work.Add(AcceptAsync());
    }

    public Uri Url { get; }

    public int Port => Url.Port;

    /// <summary>Requests in the order they were read.</summary>
    public IReadOnlyList<FakeRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _read];
            }
        }
    }

    /// <summary>Lines of the requests that were answered 204, in order.</summary>
    public IReadOnlyList<string> Accepted => [.. Requests.Where(request => request.Answer.Status == 204).SelectMany(request => request.Lines)];

    public void Answer(Func<FakeRequest, FakeAnswer> answer) => _answer = answer;

    public void Answer(params FakeAnswer[] answers)
    {
        var count = -1;
        _answer = _ => answers[Math.Min(Interlocked.Increment(ref count), answers.Length - 1)];
    }

    /// <summary>The next request, once it was read whole and answered.</summary>
    public async Task<FakeRequest> NextAsync() => await Eventually.Async(_requests.Reader.ReadAsync(_stop.Token));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await Task.WhenAll(_work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var socket = await _listener.AcceptSocketAsync(_stop.Token);
            _work.Add(ServeAsync(socket));
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        while (await ReadRequestAsync(stream) is { } request)
        {
            request.Answer = _answer(request);
            lock (_lock)
            {
                _read.Add(request);
            }

            if (request.Answer.Hangs)
            {
                await _requests.Writer.WriteAsync(request, _stop.Token);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _stop.Token);
            }

            await stream.WriteAsync(request.Answer.Bytes, _stop.Token);
            await _requests.Writer.WriteAsync(request, _stop.Token);
            if (request.Answer.Cuts)
            {
                return;
            }
        }
    }

    private async Task<FakeRequest?> ReadRequestAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!EndsHead(head))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
            {
                return null;
            }

            head.Add(one[0]);
        }

        var lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[int.Parse(headers["Content-Length"], CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return new FakeRequest(lines[0], headers, headers.ContainsKey("Content-Encoding") ? Unzip(body) : Encoding.UTF8.GetString(body));
    }

    private static bool EndsHead(List<byte> head) =>
        head.Count >= 4 && head[^4] == '\r' && head[^3] == '\n' && head[^2] == '\r' && head[^1] == '\n';

    private static string Unzip(byte[] body)
    {
        using var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        return reader.ReadToEnd();
    }
}

internal sealed record FakeRequest(string Line, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public FakeAnswer Answer { get; set; } = FakeAnswer.NoContent;

    public IReadOnlyList<string> Lines => Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <param name="Status">The status code.</param>
/// <param name="Body">The text after the head.</param>
/// <param name="Headers">Further header lines.</param>
internal sealed record FakeAnswer(int Status, string Body = "", params string[] Headers)
{
    public static FakeAnswer NoContent { get; } = new(204);

    /// <summary>Never answers and keeps the connection.</summary>
    public static FakeAnswer Hang { get; } = new(0) { Hangs = true };

    /// <summary>Closes the connection in the middle of the status line.</summary>
    public static FakeAnswer Cut { get; } = new(0) { Cuts = true, Raw = "HTTP/1.1 2" };

    /// <summary>Answers something that is not HTTP.</summary>
    public static FakeAnswer Garbage { get; } = new(0) { Cuts = true, Raw = "\0\u0001SSH-2.0-nonsense\r\n\r\n" };

    public bool Hangs { get; private init; }

    public bool Cuts { get; init; }

    public string? Raw { get; init; }

    public byte[] Bytes => Encoding.ASCII.GetBytes(Raw
        ?? $"HTTP/1.1 {Status} X\r\n{string.Concat(Headers.Select(header => header + "\r\n"))}{(Status == 204 ? "" : $"Content-Length: {Body.Length}\r\n")}\r\n{Body}");
}

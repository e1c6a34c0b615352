using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NocMonitor.EndToEnd.Tests.Stage;

/// <summary>A web server on loopback that can be stopped and started again on the same port. It keeps every request it got.</summary>
internal sealed class WebServer(int port) : IAsyncDisposable
{
    private readonly List<WebRequest> _requests = [];
    private HttpListener? _listener;
    private CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    public string Url => $"http://127.0.0.1:{port}/";

    /// <summary>The status of each answer from now on.</summary>
    public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

    public IReadOnlyList<WebRequest> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public WebServer Start()
    {
        _listener = new HttpListener();
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _stop.Dispose();
        _stop = new CancellationTokenSource();
        _loop = ServeAsync(_listener, _stop.Token);
        return this;
    }

    public async Task StopAsync()
    {
        // A wait that begins while the listener closes would never end.
        await _stop.CancelAsync();
        _listener?.Close();
        await _loop;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task ServeAsync(HttpListener listener, CancellationToken token)
    {
        while (!token.IsCancellationRequested && listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync().WaitAsync(token);
                using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
                var request = new WebRequest(TimeProvider.System.GetUtcNow(), context.Request.Headers.ToString()!, await reader.ReadToEndAsync(token));
                lock (_requests)
                {
                    _requests.Add(request);
                }

                context.Response.StatusCode = (int)Status;
                context.Response.Close();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or IOException or SocketException or OperationCanceledException)
            {
                // Closing the listener ends the wait; a client that went away is nobody's concern.
            }
        }
    }
}

/// <summary>One request as the server saw it.</summary>
internal sealed record WebRequest(DateTimeOffset Time, string Headers, string Body);

using System.Net;

namespace NocMonitor.Bench.Agent;

/// <summary>A collector that accepts everything, and answers every page.</summary>
internal sealed class AcceptingSink : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _loop;

    public AcceptingSink(int port)
    {
        Url = $"http://127.0.0.1:{port}/";
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _loop = ServeAsync();
    }

    public string Url { get; }

    public int Posts { get; private set; }

    public long Bytes { get; private set; }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _loop;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                if (context.Request.HttpMethod == "POST")
                {
                    var body = new MemoryStream();
                    await context.Request.InputStream.CopyToAsync(body);
                    Posts++;
                    Bytes += body.Length;
                    context.Response.StatusCode = 204;
                }

                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // Closing the listener ends the loop.
        }
    }
}

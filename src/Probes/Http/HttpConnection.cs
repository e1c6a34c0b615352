using System.Net.Sockets;

namespace NocMonitor.Probes.Http;

/// <summary>An open connection to a server or through a proxy to it, secured where the URL asks for it. One owner at a time.</summary>
internal sealed class HttpConnection(Socket socket, Stream stream, TimeProvider time) : IAsyncDisposable
{
    public Stream Stream => stream;

    public HttpReader Reader { get; } = new(stream, time);

    /// <summary>An idle connection on which something can be read was closed by the server, or talks out of turn; neither is of use.</summary>
    public bool IsIdle => Reader.IsEmpty && !socket.Poll(0, SelectMode.SelectRead);

    public async ValueTask DisposeAsync()
    {
        Reader.Dispose();
        await stream.DisposeAsync();
    }
}

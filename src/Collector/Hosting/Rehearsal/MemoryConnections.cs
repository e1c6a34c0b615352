using System.IO.Pipelines;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using NocMonitor.Collector.Security;

namespace NocMonitor.Collector.Hosting.Rehearsal;

/// <summary>A transport that ends in this process: what is connected here is accepted by the server that listens on it, and by nobody else. One server, any number of connections.</summary>
internal sealed class MemoryConnections : IConnectionListenerFactory, IConnectionListener
{
    private readonly Channel<ConnectionContext> _offered = Channel.CreateUnbounded<ConnectionContext>();

    public EndPoint EndPoint { get; } = new MemoryEndPoint();

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => new(this);

    /// <returns>The client's end.</returns>
    public IDuplexPipe Connect()
    {
        var (toServer, toClient) = (new Pipe(), new Pipe());
        var client = new MemoryPipe(toClient.Reader, toServer.Writer);
        var connection = new MemoryConnection(new MemoryPipe(toServer.Reader, toClient.Writer));
        connection.Features.Set(OwnRequest.Mark);
        return _offered.Writer.TryWrite(connection) ? client : throw new InvalidOperationException("the server has stopped");
    }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
        await _offered.Reader.WaitToReadAsync(cancellationToken) && _offered.Reader.TryRead(out var connection) ? connection : null;

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _offered.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => UnbindAsync();

    private sealed class MemoryEndPoint : EndPoint
    {
        public override string ToString() => "memory";
    }

    /// <summary>
    /// Closes its pipes when the server is done with it, as a socket would. The sign that it was broken off is its own: that of its parent is given on another thread, where it ends the
    /// process when the connection has been disposed meanwhile. This one is never disposed, and holds nothing that needs it.
    /// </summary>
    private sealed class MemoryConnection : DefaultConnectionContext
    {
        private readonly IDuplexPipe _server;
        private readonly CancellationTokenSource _brokenOff = new();

        public MemoryConnection(IDuplexPipe server)
            : base("rehearsal")
        {
            Transport = _server = server;
            ConnectionClosed = _brokenOff.Token;
        }

        public override void Abort(ConnectionAbortedException abortReason) => _ = _brokenOff.CancelAsync();

        public override async ValueTask DisposeAsync()
        {
            await _server.Output.CompleteAsync();
            await _server.Input.CompleteAsync();
            await base.DisposeAsync();
        }
    }

    private sealed record MemoryPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}

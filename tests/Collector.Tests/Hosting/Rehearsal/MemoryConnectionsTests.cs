using System.Net;
using Microsoft.AspNetCore.Connections;
using NocMonitor.Collector.Hosting.Rehearsal;

namespace NocMonitor.Collector.Tests.Hosting.Rehearsal;

public sealed class MemoryConnectionsTests
{
    [Test]
    public async Task A_connection_that_is_broken_off_after_its_end_says_so_and_harms_nobody()
    {
        var connections = new MemoryConnections();
        var listener = await connections.BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        connections.Connect();
        var connection = (await listener.AcceptAsync())!;
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = connection.ConnectionClosed.Register(closed.SetResult);

        await connection.DisposeAsync();
        connection.Abort(new ConnectionAbortedException());

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        Assert.That(connection.ConnectionClosed.IsCancellationRequested, Is.True);
    }

    [Test]
    public async Task What_the_client_writes_the_server_reads()
    {
        var connections = new MemoryConnections();
        var listener = await connections.BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        var client = connections.Connect();
        var server = (await listener.AcceptAsync())!;

        await client.Output.WriteAsync("GET /"u8.ToArray());
        var read = await server.Transport.Input.ReadAsync();

        Assert.That(read.Buffer.Length, Is.EqualTo(5));
    }
}

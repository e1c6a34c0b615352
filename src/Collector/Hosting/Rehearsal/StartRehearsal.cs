using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace NocMonitor.Collector.Hosting.Rehearsal;

/// <summary>
/// Asks the application, over connections in memory and through a web server of the same make, what people and dashboards ask first. The first request of a process pays for code that is
/// compiled, bound and read from the disk; here nobody waits for it yet. The answers go nowhere, and what fails is left to the first who asks it in earnest. Runs once, on the starting thread's behalf.
/// </summary>
internal sealed partial class StartRehearsal(IEnumerable<RehearsedRequests> parts, TimeProvider time, ILogger<StartRehearsal> log)
{
    /// <summary>A start never takes longer for it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    public async Task RunAsync<TContext>(IHttpApplication<TContext> application, CancellationToken token)
        where TContext : notnull
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, token);
        try
        {
            await AskAllAsync(application, either.Token);
        }
        catch (Exception exception) when (!token.IsCancellationRequested)
        {
            LogFailed(exception);
        }
    }

    private async Task AskAllAsync<TContext>(IHttpApplication<TContext> application, CancellationToken token)
        where TContext : notnull
    {
        var connections = new MemoryConnections();
        using var server = new KestrelServer(Options.Create(ServerOptions(connections)), connections, NullLoggerFactory.Instance);
        await server.StartAsync(application, token);
        try
        {
            foreach (var path in parts.SelectMany(part => part.Paths()))
            {
                await AskAsync(connections.Connect(), path, token);
            }
        }
        finally
        {
            await server.StopAsync(token);
        }
    }

    private static KestrelServerOptions ServerOptions(MemoryConnections connections)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Listen(connections.EndPoint, endpoint => endpoint.Protocols = HttpProtocols.Http1);
        return options;
    }

    private static async Task AskAsync(IDuplexPipe connection, string path, CancellationToken token)
    {
        var request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        await connection.Output.WriteAsync(request, token);
        ReadResult answer;
        do
        {
            answer = await connection.Input.ReadAsync(token);
            connection.Input.AdvanceTo(answer.Buffer.End);
        }
        while (!answer.IsCompleted);

        await connection.Output.CompleteAsync();
        await connection.Input.CompleteAsync();
    }

    [LoggerMessage(1631, LogLevel.Debug, "The rehearsal of requests was not finished")]
    private partial void LogFailed(Exception exception);
}

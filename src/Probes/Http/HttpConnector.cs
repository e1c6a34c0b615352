using System.Net;
using System.Net.Sockets;
using NocMonitor.Probes.Targets;
using NocMonitor.Probes.Tls;

namespace NocMonitor.Probes.Http;

/// <summary>Opens connections for requests: name, TCP, the proxy's tunnel, TLS. Stateless but for the certificates; attempts run side by side.</summary>
internal sealed class HttpConnector(HttpOptions options, ProbeContext context)
{
    private readonly TlsFiles _files = new(options.Tls);

    /// <summary>A connection ready for the request, or why there is none. Socket, TLS and time limit faults are thrown.</summary>
    /// <param name="phase">Told before each phase, for the words of an error.</param>
    public async ValueTask<(HttpConnection? Connection, AttemptOutcome Failure)> OpenAsync(
        HttpRequest request, HttpTimings times, Action<string> phase, CancellationToken token)
    {
        var server = options.Proxy?.Address ?? new HostPort(request.Host, request.Url.Port);
        phase(options.Proxy is null ? "resolve" : "resolve the proxy");
        var (addresses, failure) = await ResolveAsync(server.Host, times, token);
        if (addresses is null)
        {
            return (null, failure);
        }

        phase(options.Proxy is null ? "connect" : "connect to the proxy");
        var started = context.Time.GetTimestamp();
        var socket = await TargetSocket.ConnectAsync(addresses, server.Port, options.Targets.Timeout, context.Time, token);
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            var refused = options.Proxy is not null && request.IsHttps ? await TunnelAsync(stream, request, phase, token) : null;
            times.Connect = (times.Connect ?? TimeSpan.Zero) + context.Time.GetElapsedTime(started);
            if (refused is not null)
            {
                await stream.DisposeAsync();
                return (null, AttemptOutcome.Failed(ResultCode.ConnectionFailed, refused));
            }

            stream = request.IsHttps ? await SecureAsync(stream, request, times, phase, token) : stream;
            return (new HttpConnection(socket, stream, context.Time), AttemptOutcome.Success);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private async ValueTask<(IReadOnlyList<IPAddress>? Addresses, AttemptOutcome Failure)> ResolveAsync(
        string host, HttpTimings times, CancellationToken token)
    {
        // Half the attempt's time, so that a dead resolver leaves some for the last known addresses.
        var started = context.Time.GetTimestamp();
        var lookup = await context.Names.FindAsync(host, options.Family, options.Targets.Timeout / 2, token);
        if (!IPAddress.TryParse(host, out _))
        {
            times.Dns = (times.Dns ?? TimeSpan.Zero) + context.Time.GetElapsedTime(started);
        }

        return lookup.Found ? (lookup.Addresses, AttemptOutcome.Success) : (null, AttemptOutcome.Failed(ResultCode.NameNotResolved, lookup.Error));
    }

    private async ValueTask<string?> TunnelAsync(Stream stream, HttpRequest request, Action<string> phase, CancellationToken token)
    {
        phase("proxy");
        await stream.WriteAsync(request.Tunnel(), token);
        using var reader = new HttpReader(stream, context.Time);
        var (head, error) = await reader.ReadHeadAsync(token);
        return head is null ? $"proxy: {error}"
            : head.Status is < 200 or > 299 ? $"the proxy refuses the tunnel: {head.Status} {head.Reason}".TrimEnd()
            : null;
    }

    private async ValueTask<Stream> SecureAsync(Stream stream, HttpRequest request, HttpTimings times, Action<string> phase, CancellationToken token)
    {
        phase("TLS");
        var started = context.Time.GetTimestamp();
        var tls = request.SameOrigin ? options.Tls : options.Tls with { ServerName = null };
        var secured = await new TlsHandshake(request.Host, tls, _files, !options.SkipVerification, context.Time).SecureAsync(stream, token);
        times.Tls = (times.Tls ?? TimeSpan.Zero) + context.Time.GetElapsedTime(started);
        return secured;
    }
}

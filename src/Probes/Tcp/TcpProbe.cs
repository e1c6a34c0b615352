using System.Globalization;
using NocMonitor.LineProtocol;
using NocMonitor.Probes.Targets;

namespace NocMonitor.Probes.Tcp;

/// <summary>Connects to a target and, where asked, sends a text and awaits another. Stateless; attempts run side by side.</summary>
internal sealed class TcpProbe(TcpOptions options, ProbeContext context) : ITargetProbe
{
    public static IProbe Create(TcpOptions options, ProbeContext context) =>
        new TargetProbe(new TcpProbe(options, context), options.Targets, context.Time);

    public async ValueTask<Point> ProbeAsync(string target, CancellationToken token)
    {
        var endpoint = HostPort.Parse(target, defaultPort: 0);
        var attempt = new TcpAttempt(endpoint, options, context);
        var outcome = await attempt.RunAsync(token);

        var point = new Point("net_response")
            .Tag("server", endpoint.Host)
            .Tag("port", endpoint.Port.ToString(CultureInfo.InvariantCulture))
            .Tag("protocol", "tcp")
            .Tag("host", endpoint.Host)
            .Field("response_time", attempt.Elapsed.TotalSeconds);
        if (attempt.ConnectTime is { } connected)
        {
            point.Field("connect_time", connected.TotalSeconds);
        }

        if (options.Expect is not null)
        {
            point.Field("string_found", outcome.IsSuccess);
        }

        return outcome.WriteTo(point);
    }
}

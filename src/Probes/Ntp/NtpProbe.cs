using NocMonitor.LineProtocol;
using NocMonitor.Probes.Targets;

namespace NocMonitor.Probes.Ntp;

/// <summary>Compares this machine's clock with NTP servers, without touching it. Stateless; attempts run side by side.</summary>
internal sealed class NtpProbe(NtpOptions options, ProbeContext context) : ITargetProbe
{
    public static IProbe Create(NtpOptions options, ProbeContext context) =>
        new TargetProbe(new NtpProbe(options, context), options.Targets, context.Time);

    public async ValueTask<Point> ProbeAsync(string target, CancellationToken token)
    {
        var server = HostPort.Parse(target, NtpOptions.Port);
        var started = context.Time.GetTimestamp();
        var attempt = new NtpAttempt(options, context);
        var outcome = await attempt.RunAsync(server, token);

        var point = new Point("ntp").Tag("server", target).Tag("host", server.Host);
        attempt.WriteTo(point);
        point.Field("response_time", context.Time.GetElapsedTime(started).TotalSeconds);
        return outcome.WriteTo(point);
    }
}

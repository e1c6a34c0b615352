using NocMonitor.LineProtocol;
using NocMonitor.Probes.Targets;

namespace NocMonitor.Probes.Tls;

/// <summary>Looks at the certificates of servers and files. Holds nothing but the certificates of its options; attempts run side by side.</summary>
internal sealed class TlsProbe(TlsProbeOptions options, ProbeContext context) : ITargetProbe
{
    private readonly TlsFiles _files = new(options.Tls);

    public static IProbe Create(TlsProbeOptions options, ProbeContext context) =>
        new TargetProbe(new TlsProbe(options, context), options.Targets, context.Time);

    public ValueTask<Point> ProbeAsync(string target, CancellationToken token)
    {
        var parsed = options.Parsed[target];
        var point = new Point("x509_cert").Tag("source", target);
        if (parsed.Service != TlsService.File)
        {
            point.Tag("host", parsed.Address.Host);
        }

        return new TlsAttempt(parsed, options, _files, context).RunAsync(point, token);
    }
}

namespace NocMonitor.Probes.Ping;

/// <summary>Pings many targets over the agent's shared engine. Rounds never overlap, so each has the targets to itself.</summary>
internal sealed class PingProbe : IProbe
{
    private readonly PingOptions _options;
    private readonly ProbeContext _context;
    private readonly IEchoEngine _engine;
    private readonly PingTarget[] _targets;

    private PingProbe(PingOptions options, ProbeContext context)
    {
        _options = options;
        _context = context;
        _engine = context.Shared(EchoEngines.Open);
        _targets = [.. options.Targets.Distinct(StringComparer.OrdinalIgnoreCase).Select(target => new PingTarget(target))];
    }

    public static IProbe Create(PingOptions options, ProbeContext context) => new PingProbe(options, context);

    public async ValueTask ProbeAsync(IPointSink points, CancellationToken token)
    {
        var round = new PingRound(_options, _targets, _engine, _context, token);
        await round.RunAsync(points);
    }
}

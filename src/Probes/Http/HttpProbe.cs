using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using NocMonitor.LineProtocol;
using NocMonitor.Probes.Targets;

namespace NocMonitor.Probes.Http;

/// <summary>
/// Asks URLs and judges status and body, with the time of each phase. Holds the prepared requests, which never change, and the connections kept between rounds;
/// attempts run side by side.
/// </summary>
internal sealed partial class HttpProbe : ITargetProbe, IAsyncDisposable
{
    private readonly HttpOptions _options;
    private readonly ProbeContext _context;
    private readonly HttpConnector _connector;
    private readonly KeptConnections _kept = new();
    private readonly FrozenDictionary<string, HttpTarget> _targets;

    private HttpProbe(HttpOptions options, ProbeContext context)
    {
        _options = options;
        _context = context;
        _connector = new HttpConnector(options, context);
        _targets = options.Targets.Targets.ToFrozenDictionary(text => text, text => HttpTarget.Of(text, options), StringComparer.Ordinal);
    }

    public static IProbe Create(HttpOptions options, ProbeContext context)
    {
        var probe = new HttpProbe(options, context);
        if (options.SkipVerification)
        {
            LogUnverified(context.Logs.CreateLogger<HttpProbe>(), string.Join(", ", probe._targets.Values.Select(target => target.Server)));
        }

        return new TargetProbe(probe, options.Targets, context.Time);
    }

    public async ValueTask<Point> ProbeAsync(string target, CancellationToken token)
    {
        var known = _targets[target];
        var point = new Point("http_response").Tag("server", known.Server).Tag("method", _options.Method).Tag("host", known.Request.Host);
        if (_options.SkipVerification)
        {
            point.Field("insecure_skip_verify", true);
        }

        return await new HttpAttempt(known, _options, _connector, _kept, _context).RunAsync(point, token);
    }

    public ValueTask DisposeAsync() => _kept.DisposeAsync();

    [LoggerMessage(1, LogLevel.Warning, "http: InsecureSkipVerify is set; certificates of {Targets} are NOT verified, anyone on the way can answer for them")]
    private static partial void LogUnverified(ILogger logger, string targets);
}

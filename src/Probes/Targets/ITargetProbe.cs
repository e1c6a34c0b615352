using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Targets;

/// <summary>Asks one target once. What a network probe implements; <see cref="TargetProbe"/> adds the many targets, the spreading and the confirmation.</summary>
public interface ITargetProbe
{
    /// <summary>One attempt at one target. Always gives a point with <c>result_code</c>; when that is not 0 also <c>error</c>.</summary>
    ValueTask<Point> ProbeAsync(string target, CancellationToken token);
}

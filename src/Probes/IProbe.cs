namespace NocMonitor.Probes;

/// <summary>
/// One configured probe. The runner calls <see cref="ProbeAsync"/> at each interval, never twice at once; when the probe is taken out of the
/// configuration it is disposed if it is disposable.
/// </summary>
public interface IProbe
{
    /// <summary>
    /// Runs one round and hands each point to <paramref name="points"/> as soon as it is known. A target that fails is a point with
    /// <c>result_code</c> and <c>error</c>, never an exception; what escapes is counted by the runner as the probe's own failure.
    /// </summary>
    /// <param name="token">Cancelled at the round's time limit and at shutdown; the probe lets go at once.</param>
    ValueTask ProbeAsync(IPointSink points, CancellationToken token);
}

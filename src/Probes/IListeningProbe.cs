namespace NocMonitor.Probes;

/// <summary>
/// A probe that also reports between its rounds: what comes unasked, such as traps. Its rounds go on as any probe's and report how the listening goes.
/// </summary>
public interface IListeningProbe : IProbe
{
    /// <summary>
    /// Begins to listen; called once, before the first round. What cannot be opened is tried again and reported by the rounds, not thrown.
    /// </summary>
    /// <param name="points">Takes points from any thread until the probe is disposed, and sends them within a second.</param>
    void Listen(IPointSink points);
}

namespace NocMonitor.Collector.Hosting;

/// <summary>Passed once the host runs. Set once by the starting thread, read by any.</summary>
internal sealed class StartupGate
{
    private volatile bool _passed;

    public bool Passed => _passed;

    public void Pass() => _passed = true;
}

namespace NocMonitor.Agent.Hosting;

/// <summary>Somebody outside wants the configuration read again: SIGHUP, the Windows service control manager. Any thread asks; one loop listens.</summary>
internal sealed class ReloadSignal
{
    private Action? _listener;

    public void Ask() => Volatile.Read(ref _listener)?.Invoke();

    public void Listen(Action? listener) => Volatile.Write(ref _listener, listener);
}

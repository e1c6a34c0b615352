namespace NocMonitor.Probes.Tests.Snmp.Engine;

/// <summary>The system's clock with timers that fire too early, as those of the runtime do by a part of a millisecond.</summary>
internal sealed class EarlyTimeProvider : TimeProvider
{
    private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(10);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new EarlyTimer(System.CreateTimer(callback, state, Sooner(dueTime), period));

    private static TimeSpan Sooner(TimeSpan dueTime) => dueTime > Early ? dueTime - Early : dueTime;

    private sealed class EarlyTimer(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Sooner(dueTime), period);

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}

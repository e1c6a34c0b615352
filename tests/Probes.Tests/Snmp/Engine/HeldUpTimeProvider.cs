using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Snmp.Engine;

/// <summary>A manual clock for a thread that is held up once, just before a timer is set.</summary>
internal sealed class HeldUpTimeProvider(ManualTimeProvider time, TimeSpan heldUp) : TimeProvider
{
    private readonly TaskCompletionSource _set = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The timer has been set, late.</summary>
    public Task TimerSet => _set.Task;

    public override long TimestampFrequency => time.TimestampFrequency;

    public override long GetTimestamp() => time.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new HeldUpTimer(this, time.CreateTimer(callback, state, dueTime, period));

    private sealed class HeldUpTimer(HeldUpTimeProvider owner, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (owner.TimerSet.IsCompleted)
            {
                return timer.Change(dueTime, period);
            }

            owner.Hold();
            timer.Change(dueTime, period);
            return owner._set.TrySetResult();
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }

    private void Hold() => time.Advance(heldUp);
}

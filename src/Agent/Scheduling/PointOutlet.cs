using NocMonitor.Agent.Delivery;

namespace NocMonitor.Agent.Scheduling;

/// <summary>Where finished lines go: a spool and a wish to flush when the agent runs, the console for <c>once</c>. Any thread.</summary>
internal abstract class PointOutlet
{
    /// <summary>A longer line is dropped: no collector takes it, and it would only block those behind it.</summary>
    public const int LongestLine = 64 << 10;

    public ResultWatch Results { get; } = new();

    /// <summary>Takes whole lines; the bytes are the caller's again afterwards.</summary>
    public abstract void Append(ReadOnlySpan<byte> lines, int count);

    /// <summary>What was appended must not wait for the flush interval.</summary>
    public abstract void AskFlush();

    public abstract void CountDropped(int points);
}

/// <summary>The outlet of a running agent.</summary>
internal sealed class SpoolOutlet(Spool spool, FlushSignal signal, AgentCounters counters) : PointOutlet
{
    public override void Append(ReadOnlySpan<byte> lines, int count) => spool.Append(lines, count);

    public override void AskFlush() => signal.Ask();

    public override void CountDropped(int points) => counters.Dropped(points);
}

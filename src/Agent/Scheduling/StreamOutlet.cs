namespace NocMonitor.Agent.Scheduling;

/// <summary>Prints lines as they come: the outlet of <c>once</c>.</summary>
internal sealed class StreamOutlet(Stream output, AgentCounters counters) : PointOutlet
{
    private readonly Lock _lock = new();

    public override void Append(ReadOnlySpan<byte> lines, int count)
    {
        lock (_lock)
        {
            output.Write(lines);
        }
    }

    public override void AskFlush()
    {
    }

    public override void CountDropped(int points) => counters.Dropped(points);
}

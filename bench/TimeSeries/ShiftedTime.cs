namespace NocMonitor.Bench.TimeSeries;

/// <summary>The real clock, with its wall time moved so that data of another day is data of now.</summary>
internal sealed class ShiftedTime(DateTimeOffset now) : TimeProvider
{
    private readonly TimeSpan _shift = now - System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _shift;
}

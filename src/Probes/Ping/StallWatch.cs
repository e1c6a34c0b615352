using NocMonitor.Configuration;

namespace NocMonitor.Probes.Ping;

/// <summary>
/// Notices when this agent itself was not running: an expected beat that comes much too late. What was under way then proves nothing about
/// the network. The engine's lock guards it.
/// </summary>
internal sealed class StallWatch(TimeProvider time)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(200);

    private readonly long _tolerance = (long)(Tolerance.TotalSeconds * time.TimestampFrequency);
    private long? _expected;
    private long _stalledFrom = long.MaxValue;
    private long _stalledTo = long.MinValue;

    /// <summary>The next beat is due at this timestamp; null while there is nothing to watch.</summary>
    public void Expect(long? beat) => _expected = beat;

    public void Beat(long now)
    {
        if (IsOverdue(now))
        {
            (_stalledFrom, _stalledTo) = (_expected!.Value, now);
        }
    }

    /// <summary>True when the agent stood still at some time between the two, or stands still to this moment.</summary>
    public bool WasStalled(long from, long now) => IsOverdue(now) || (from <= _stalledTo && _stalledFrom <= now);

    /// <summary>Why a loss between the two does not count; empty when it does.</summary>
    public string Excuse(long from, long now)
    {
        if (!WasStalled(from, now))
        {
            return "";
        }

        var stall = IsOverdue(now) ? time.GetElapsedTime(_expected!.Value, now) : time.GetElapsedTime(_stalledFrom, _stalledTo);
        return $"this agent stood still for {Duration.Format(stall)}; the loss does not count";
    }

    private bool IsOverdue(long now) => _expected is { } expected && now - expected > _tolerance;
}

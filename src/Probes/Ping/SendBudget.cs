namespace NocMonitor.Probes.Ping;

/// <summary>
/// Paces the sending: fifty packets a millisecond, a hundred at once when the pump came a little late. The answers to more would overflow the
/// receive buffer of a socket, which by default holds a few hundred packets. The pump's; <see cref="AvailableAt"/> under the engine's lock.
/// </summary>
internal sealed class SendBudget(TimeProvider time)
{
    private const int PerMillisecond = 50;
    private const int LargestBurst = 2 * PerMillisecond;

    private readonly long _millisecond = time.TimestampFrequency / 1000;
    private long _left = LargestBurst;
    private long _from = time.GetTimestamp();

    public bool Any => _left > 0;

    public void Refill()
    {
        var milliseconds = (time.GetTimestamp() - _from) / _millisecond;
        _from += milliseconds * _millisecond;
        _left = milliseconds >= LargestBurst ? LargestBurst : Math.Min(LargestBurst, _left + (milliseconds * PerMillisecond));
    }

    public void Spend() => _left--;

    /// <summary>When a packet may be sent: now, or a millisecond after the last refill.</summary>
    public long AvailableAt(long now) => Any ? now : _from + _millisecond;
}

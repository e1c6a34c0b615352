namespace NocMonitor.Agent.Delivery;

/// <summary>
/// How far this machine's clock is from the collector's, learnt from the <c>Date</c> header of its answers. That header counts whole seconds, so one
/// answer only bounds the offset; the bounds of some answers in a row intersect to a fraction of a second. One writer, any reader.
/// </summary>
internal sealed class ClockOffset
{
    private const int MostAnswers = 12;

    private readonly Lock _lock = new();
    private readonly Queue<(double Low, double High)> _bounds = [];

    /// <summary>This clock minus the collector's, in milliseconds; null until an answer came.</summary>
    public double? Milliseconds
    {
        get
        {
            lock (_lock)
            {
                return _bounds.Count == 0 ? null : Estimate();
            }
        }
    }

    /// <param name="sent">This clock before the request.</param>
    /// <param name="received">This clock after the answer's head.</param>
    /// <param name="date">The answer's Date, cut to a whole second.</param>
    public void Note(DateTimeOffset sent, DateTimeOffset received, DateTimeOffset? date)
    {
        // A clock that was stepped during the exchange tells nothing.
        if (date is not { } answered || received < sent || received - sent > TimeSpan.FromSeconds(5))
        {
            return;
        }

        lock (_lock)
        {
            _bounds.Enqueue(((sent - answered).TotalMilliseconds - 1000, (received - answered).TotalMilliseconds));
            if (_bounds.Count > MostAnswers)
            {
                _bounds.Dequeue();
            }

            // After a step of either clock old and new bounds contradict each other: the new ones count.
            while (_bounds.Max(bound => bound.Low) > _bounds.Min(bound => bound.High))
            {
                _bounds.Dequeue();
            }
        }
    }

    private double Estimate()
    {
        var low = _bounds.Max(bound => bound.Low);
        var high = _bounds.Min(bound => bound.High);

        // Zero within the bounds means that nothing proves the clocks to differ.
        return low <= 0 && high >= 0 ? 0 : (low + high) / 2;
    }
}

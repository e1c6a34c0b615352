namespace NocMonitor.Collector.Telemetry;

/// <summary>One number of one tag set, or one histogram. Any thread; guarded by its lock.</summary>
internal sealed class ReadingCell(int bounds)
{
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly long[] _buckets = new long[bounds + 1];
    private double _value;

    public void Add(double step)
    {
        lock (_lock)
        {
            _value += step;
        }
    }

    public void Set(double value)
    {
        lock (_lock)
        {
            _value = value;
        }
    }

    public void Observe(double value, IReadOnlyList<double> bounds)
    {
        var bucket = 0;
        while (bucket < bounds.Count && value > bounds[bucket])
        {
            bucket++;
        }

        lock (_lock)
        {
            _buckets[bucket]++;
            _value += value;
        }
    }

    /// <summary>The value, or the sum of a histogram, with its counts by bucket.</summary>
    public (double Value, long[] Buckets) Read()
    {
        lock (_lock)
        {
            return (_value, [.. _buckets]);
        }
    }
}

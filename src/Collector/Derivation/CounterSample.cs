namespace NocMonitor.Collector.Derivation;

/// <summary>One sample of the counters of a series. Made once and filled again by one thread; NaN stands for what the sample does not say.</summary>
internal sealed class CounterSample(int counters, int context = 0)
{
    private readonly ulong[] _values = new ulong[counters];
    private readonly bool[] _present = new bool[counters];

    /// <summary>Nanoseconds since 1970.</summary>
    public long Time { get; set; }

    /// <summary>Bits a second; 0 counts as not known.</summary>
    public double Speed { get; set; }

    /// <summary>How long the device has been up, in seconds.</summary>
    public double Uptime { get; set; }

    /// <summary>When the device says that these counters were last set back, on its own clock.</summary>
    public double Discontinuity { get; set; }

    /// <summary>Which row of the device's table the sample was read from.</summary>
    public double Row { get; set; }

    /// <summary>What stands beside the counters, as it was in the point.</summary>
    public double[] Context { get; } = new double[context];

    /// <summary>Whether it has any counter: a point that says something else of the series does not make the next one late.</summary>
    public bool HasCounters => Array.IndexOf(_present, true) >= 0;

    /// <summary>The value of a counter; null when the sample lacks it.</summary>
    public ulong? this[int counter] => _present[counter] ? _values[counter] : null;

    public void Set(int counter, ulong value) => (_values[counter], _present[counter]) = (value, true);

    /// <summary>Begins a sample of that time.</summary>
    public void Clear(long time)
    {
        (Time, Speed, Uptime, Discontinuity, Row) = (time, double.NaN, double.NaN, double.NaN, double.NaN);
        Context.AsSpan().Fill(double.NaN);
        _present.AsSpan().Clear();
    }
}

namespace NocMonitor.Collector.Derivation;

/// <summary>Everything that is remembered of the counters of one series between samples: of each its newest value, and what tells that they began anew.</summary>
internal sealed class CounterState(int counters)
{
    /// <summary>A time before all samples, with room for a difference to any of them.</summary>
    public const long NoSample = long.MinValue / 2;

    /// <summary>By counter: the time of the value that the next one is held against; <see cref="NoSample"/> when there is none.</summary>
    public long[] Times { get; } = [.. Enumerable.Repeat(NoSample, counters)];

    public ulong[] Values { get; } = new ulong[counters];

    /// <summary>The newest sample's time.</summary>
    public long Time { get; set; } = NoSample;

    /// <summary>The speed that was last known; NaN before.</summary>
    public double Speed { get; set; } = double.NaN;

    public double Uptime { get; set; } = double.NaN;

    /// <summary>The time of the sample that <see cref="Uptime"/> is of.</summary>
    public long UptimeTime { get; set; } = NoSample;

    public double Discontinuity { get; set; } = double.NaN;

    public double Row { get; set; } = double.NaN;
}

/// <summary>
/// From raw counters to growth a second. Pure: no clock, no I/O, all it needs is in its arguments. It never guesses: what could be a reset, a second lap or a
/// fault gives no rate, and the sample becomes the start of the next one.
/// </summary>
internal static class CounterStateMachine
{
    /// <summary>Uptimes are read before or after the counters, and some devices give one that is seconds old.</summary>
    private const double UptimeSlack = 10;

    /// <summary>sysUpTime counts hundredths in 32 bits: after 497 days it begins anew and nothing else does.</summary>
    private const double UptimeEnd = 4_294_967_296 / 100.0;

    private const double UptimeEndSlack = 60;

    /// <summary>Takes one sample; <paramref name="readings"/> has one place a counter.</summary>
    public static void Observe(CounterPolicy policy, CounterState state, CounterSample sample, Span<CounterReading> readings)
    {
        if (!sample.HasCounters || sample.Time < state.Time)
        {
            Late(sample, readings);
            return;
        }

        var reset = IsReset(state, sample);
        for (var counter = 0; counter < readings.Length; counter++)
        {
            readings[counter] = sample[counter] is { } value
                ? Advance(policy, state, sample, counter, value, reset)
                : new CounterReading(CounterOutcome.Absent);
        }

        Remember(state, sample, reset);
    }

    private static void Late(CounterSample sample, Span<CounterReading> readings)
    {
        for (var counter = 0; counter < readings.Length; counter++)
        {
            readings[counter] = new CounterReading(sample[counter] is null ? CounterOutcome.Absent : CounterOutcome.NotNewer);
        }
    }

    private static bool IsReset(CounterState state, CounterSample sample) =>
        Differs(state.Discontinuity, sample.Discontinuity) || Differs(state.Row, sample.Row) || Restarted(state, sample);

    private static bool Differs(double before, double now) => !double.IsNaN(before) && !double.IsNaN(now) && before != now;

    private static bool Restarted(CounterState state, CounterSample sample)
    {
        if (double.IsNaN(state.Uptime) || double.IsNaN(sample.Uptime))
        {
            return false;
        }

        var elapsed = (sample.Time - state.UptimeTime) / 1e9;
        if (sample.Uptime < state.Uptime)
        {
            return Math.Abs(state.Uptime + elapsed - UptimeEnd - sample.Uptime) > UptimeEndSlack;
        }

        // Up for less time than has passed since: it was started in between, whatever it said before.
        return elapsed > sample.Uptime + UptimeSlack;
    }

    private static CounterReading Advance(CounterPolicy policy, CounterState state, CounterSample sample, int counter, ulong value, bool reset)
    {
        var since = state.Times[counter];
        var elapsed = sample.Time - since;
        if (since != CounterState.NoSample && !reset && elapsed < policy.MinElapsed)
        {
            return new CounterReading(elapsed == 0 ? CounterOutcome.NotNewer : CounterOutcome.TooSoon);
        }

        var before = state.Values[counter];
        (state.Times[counter], state.Values[counter]) = (sample.Time, value);
        return since == CounterState.NoSample ? new CounterReading(CounterOutcome.First)
            : reset ? new CounterReading(CounterOutcome.Reset)
            : elapsed > policy.MaxGap ? new CounterReading(CounterOutcome.Gap)
            : Compare(policy, policy.Counters[counter], before, value, elapsed / 1e9, Speed(state, sample));
    }

    private static CounterReading Compare(CounterPolicy policy, CounterDefinition counter, ulong before, ulong value, double seconds, double speed)
    {
        var known = speed > 0;
        var most = (known ? speed : policy.FastestLine) * (1 + policy.Tolerance) * (seconds + policy.Jitter) / counter.BitsPerUnit;
        var wrapped = value < before;
        var growth = wrapped && counter.Bits == 32 ? (value - before) & uint.MaxValue : unchecked(value - before);
        if (growth > most || (wrapped && !known))
        {
            return new CounterReading(wrapped ? CounterOutcome.Reset : CounterOutcome.Impossible);
        }

        if (known && counter is { Bits: 32, MayLap: true } && most > uint.MaxValue)
        {
            return new CounterReading(CounterOutcome.Ambiguous);
        }

        return new CounterReading(wrapped ? CounterOutcome.Wrapped : CounterOutcome.Rate, growth / seconds);
    }

    /// <summary>A line that changed its speed in between may have carried as much as the faster one allows.</summary>
    private static double Speed(CounterState state, CounterSample sample) =>
        double.IsNaN(sample.Speed) ? state.Speed : double.IsNaN(state.Speed) ? sample.Speed : Math.Max(state.Speed, sample.Speed);

    /// <summary>A counter that this sample lacks has no start either once the others began anew.</summary>
    private static void Remember(CounterState state, CounterSample sample, bool reset)
    {
        state.Time = sample.Time;
        state.Speed = double.IsNaN(sample.Speed) ? state.Speed : sample.Speed;
        state.Discontinuity = double.IsNaN(sample.Discontinuity) ? state.Discontinuity : sample.Discontinuity;
        state.Row = double.IsNaN(sample.Row) ? state.Row : sample.Row;
        if (!double.IsNaN(sample.Uptime))
        {
            (state.Uptime, state.UptimeTime) = (sample.Uptime, sample.Time);
        }

        for (var counter = 0; reset && counter < state.Times.Length; counter++)
        {
            state.Times[counter] = sample[counter] is null ? CounterState.NoSample : state.Times[counter];
        }
    }
}

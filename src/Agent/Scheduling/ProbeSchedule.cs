namespace NocMonitor.Agent.Scheduling;

/// <summary>
/// When a probe's rounds start, on the monotonic clock: a phase of its own within the interval, taken from its name, so that probes and agents never
/// start all at once and a reload or restart keeps the order. The first round comes early, for nobody wants to wait an hour for the first
/// value. Steps of the wall clock change nothing; rounds missed in a suspend are left out, not made up for.
/// </summary>
/// <param name="Interval">From one round to the next.</param>
/// <param name="Fraction">The phase as a part of the interval, in [0, 1).</param>
internal readonly record struct ProbeSchedule(TimeSpan Interval, double Fraction)
{
    /// <summary>First rounds are spread over so much time at most.</summary>
    public static readonly TimeSpan FirstRoundsWithin = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Timers count whole milliseconds and fire up to one too early, on Windows up to a tick of its clock. A round that starts so much before its moment is
    /// the round of that moment: else it would start again and again until the moment has come, each time as an overrun.
    /// </summary>
    private static readonly TimeSpan MostEarly = TimeSpan.FromMilliseconds(50);

    public static ProbeSchedule For(string agent, string probe, TimeSpan interval) =>
        new(interval, StableHash.Fraction($"{agent}/{probe}"));

    /// <summary>From when the probe is added to its first round.</summary>
    public TimeSpan FirstDelay => Fraction * (Interval < FirstRoundsWithin ? Interval : FirstRoundsWithin);

    /// <summary>
    /// The start of the round after the one that starts <paramref name="now"/>, or is a little early; both counted from the scheduler's start. At least half an
    /// interval after now when the round that starts now is the first, which does not stand at the phase.
    /// </summary>
    public TimeSpan NextAfter(TimeSpan now, bool isFirst)
    {
        var early = Interval / 4 < MostEarly ? Interval / 4 : MostEarly;
        var earliest = now + (isFirst ? Interval / 2 : early);
        var phase = Fraction * Interval;
        var rounds = Math.Floor((earliest - phase) / Interval) + 1;
        var next = phase + (rounds * Interval);

        // Nor must rounding give a moment that is over.
        return next > earliest ? next : next + Interval;
    }
}

namespace NocMonitor.Collector.Derivation;

/// <summary>What one counter of one sample came to.</summary>
internal enum CounterOutcome : byte
{
    /// <summary>The sample does not have the counter.</summary>
    Absent,

    /// <summary>There is nothing before it to hold it against.</summary>
    First,

    /// <summary>The sample is not newer than the newest one: it came twice, or late.</summary>
    NotNewer,

    /// <summary>Too soon after the one before.</summary>
    TooSoon,

    /// <summary>Too long after the one before.</summary>
    Gap,

    /// <summary>It began anew since the one before.</summary>
    Reset,

    /// <summary>It says more than the line can carry.</summary>
    Impossible,

    /// <summary>The line is fast enough to have taken it round more than once.</summary>
    Ambiguous,

    /// <summary>It grew, or rested.</summary>
    Rate,

    /// <summary>It grew past its end and went on from zero.</summary>
    Wrapped,
}

/// <summary>One counter of one sample.</summary>
/// <param name="PerSecond">Growth a second where <see cref="HasRate"/>; NaN otherwise.</param>
internal readonly record struct CounterReading(CounterOutcome Outcome, double PerSecond = double.NaN)
{
    public bool HasRate => Outcome >= CounterOutcome.Rate;
}

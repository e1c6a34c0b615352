namespace NocMonitor.Collector.Alerts;

/// <summary>A claim about a sample. Unknown, for want of a field or of history, never moves an alert.</summary>
internal enum Truth : byte
{
    Unknown,
    False,
    True,
}

/// <summary>What a rule's conditions say of one sample. A condition that the rule does not have is unknown; a clear condition that it does not have is "not raised".</summary>
/// <param name="Time">The sample's own time in nanoseconds since 1970.</param>
/// <param name="AfterGap">The series was silent for so long before this sample that a hold begun earlier proves nothing.</param>
/// <param name="StepValue">What the rule's steps measure; NaN when it has none.</param>
internal readonly record struct Observation(
    long Time, Truth Warning, Truth WarningClear, Truth Critical, Truth CriticalClear, bool AfterGap = false, double StepValue = double.NaN)
{
    /// <summary>Whether the sample says anything about the rule.</summary>
    public bool IsKnown => Warning != Truth.Unknown || Critical != Truth.Unknown;

    public bool Raises => Warning == Truth.True || Critical == Truth.True;
}

namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>How long to wait for an answer and how often to ask again. Pure.</summary>
internal static class RetryPolicy
{
    private const int LargestFactor = 4;

    /// <summary>The wait after the attempt of this number, 0 for the first.</summary>
    public static TimeSpan Wait(TimeSpan timeout, int attempt) => timeout * Math.Min(1 << Math.Min(attempt, 8), LargestFactor);
}

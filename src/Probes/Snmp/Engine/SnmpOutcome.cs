namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>How asking a device ended.</summary>
public enum SnmpOutcome
{
    /// <summary>Everything that was asked for was answered.</summary>
    Answered,

    /// <summary>No answer, retries included.</summary>
    TimedOut,

    /// <summary>The device answers that it does not want to answer: wrong user, password or context.</summary>
    Refused,

    /// <summary>What comes back cannot be used.</summary>
    Malformed,

    /// <summary>A limit of the walk was reached; what came before it was handed over.</summary>
    LimitReached,

    /// <summary>This machine cannot send there.</summary>
    NotSent,

    /// <summary>The device was closed meanwhile.</summary>
    Closed,
}

namespace NocMonitor.Probes.Snmp.Traps;

/// <summary>What became of a received datagram. Each is counted.</summary>
internal enum TrapFate
{
    /// <summary>A trap or an inform, new: it becomes a point.</summary>
    Taken,

    /// <summary>The same notification from the same source once more. An inform is answered again.</summary>
    Duplicate,

    /// <summary>A question for the engine id or the time by which senders of informs begin; it was answered with a report.</summary>
    Discovery,

    SourceNotAllowed,
    OverLimit,
    Malformed,
    NotANotification,
    WrongCommunity,
    UnknownUser,
    WrongSecurityLevel,
    WrongDigest,
    NotInTimeWindow,
    CannotDecrypt,
}

namespace NocMonitor.Probes.Snmp.Protocol;

/// <summary>The error-status of a response (RFC 3416 section 3). Codes beyond these are kept as numbers.</summary>
public enum SnmpErrorStatus
{
    NoError = 0,
    TooBig = 1,

    /// <summary>SNMPv1's way to say that an object is not there, or that a walk is at its end.</summary>
    NoSuchName = 2,
    BadValue = 3,
    ReadOnly = 4,
    GenErr = 5,
    NoAccess = 6,
    WrongType = 7,
    WrongLength = 8,
    WrongEncoding = 9,
    WrongValue = 10,
    NoCreation = 11,
    InconsistentValue = 12,
    ResourceUnavailable = 13,
    CommitFailed = 14,
    UndoFailed = 15,
    AuthorizationError = 16,
    NotWritable = 17,
    InconsistentName = 18,
}

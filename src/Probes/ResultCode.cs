namespace NocMonitor.Probes;

/// <summary>Values of the field <c>result_code</c> that every target's point carries. Names and numbers are ours; 0 is success for all.</summary>
public static class ResultCode
{
    public const long Success = 0;

    /// <summary>The target could not be reached: refused, unreachable, reset.</summary>
    public const long ConnectionFailed = 1;

    /// <summary>No answer within the time limit.</summary>
    public const long Timeout = 2;

    /// <summary>The name of the target could not be resolved.</summary>
    public const long NameNotResolved = 3;

    /// <summary>The target answered, and not what was expected: status, body, banner, record.</summary>
    public const long Mismatch = 4;

    /// <summary>TLS failed: handshake, chain or name.</summary>
    public const long TlsFailed = 5;

    /// <summary>This agent could not even ask: no permission, a missing program, an unreadable file.</summary>
    public const long ProbeFailed = 6;
}

namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>What the engine did since it was made.</summary>
public readonly record struct SnmpCounters
{
    /// <summary>Datagrams sent, retries included.</summary>
    public long Requests { get; init; }

    public long Answers { get; init; }

    public long Varbinds { get; init; }

    /// <summary>Waits that ended without an answer.</summary>
    public long Timeouts { get; init; }

    public long Retries { get; init; }

    /// <summary>Answers to requests that were over: too late, or doubled.</summary>
    public long Late { get; init; }

    /// <summary>Datagrams that are no answer that can be read.</summary>
    public long Malformed { get; init; }

    /// <summary>Answers with a request-id that was not asked with.</summary>
    public long WrongId { get; init; }

    /// <summary>Answers from another address than was asked.</summary>
    public long WrongSource { get; init; }

    /// <summary>Datagrams that the system did not take.</summary>
    public long SendFailures { get; init; }

    /// <summary>Polls that were not started because the one before still ran.</summary>
    public long Overruns { get; init; }

    public static SnmpCounters operator +(SnmpCounters left, SnmpCounters right) => Add(left, right);

    public static SnmpCounters Add(SnmpCounters left, SnmpCounters right) => new()
    {
        Requests = left.Requests + right.Requests,
        Answers = left.Answers + right.Answers,
        Varbinds = left.Varbinds + right.Varbinds,
        Timeouts = left.Timeouts + right.Timeouts,
        Retries = left.Retries + right.Retries,
        Late = left.Late + right.Late,
        Malformed = left.Malformed + right.Malformed,
        WrongId = left.WrongId + right.WrongId,
        WrongSource = left.WrongSource + right.WrongSource,
        SendFailures = left.SendFailures + right.SendFailures,
        Overruns = left.Overruns + right.Overruns,
    };
}

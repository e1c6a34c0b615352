namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>The counters of one lane. Its thread alone writes; any thread takes a snapshot.</summary>
internal sealed class LaneCounters
{
    public long Requests;
    public long Answers;
    public long Varbinds;
    public long Timeouts;
    public long Retries;
    public long Late;
    public long Malformed;
    public long WrongId;
    public long WrongSource;
    public long SendFailures;

    public SnmpCounters Snapshot() => new()
    {
        Requests = Interlocked.Read(ref Requests),
        Answers = Interlocked.Read(ref Answers),
        Varbinds = Interlocked.Read(ref Varbinds),
        Timeouts = Interlocked.Read(ref Timeouts),
        Retries = Interlocked.Read(ref Retries),
        Late = Interlocked.Read(ref Late),
        Malformed = Interlocked.Read(ref Malformed),
        WrongId = Interlocked.Read(ref WrongId),
        WrongSource = Interlocked.Read(ref WrongSource),
        SendFailures = Interlocked.Read(ref SendFailures),
    };
}

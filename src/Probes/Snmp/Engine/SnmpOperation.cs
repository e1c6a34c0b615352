using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>
/// A Get or a walk on its way: a state machine that the lane's thread drives, request by request, and alone touches; only completing it wakes its caller, elsewhere.
/// </summary>
internal abstract class SnmpOperation(SnmpDevice device, TimeProvider time)
{
    private readonly long _startedAt = time.GetTimestamp();
    private TimeSpan? _firstAnswer;

    public SnmpDevice Device => device;

    /// <summary>Its result is out; what still comes is of no use.</summary>
    public bool IsOver { get; protected set; }

    /// <summary>Requests on their way.</summary>
    public int InFlight { get; set; }

    public int Requests { get; set; }

    public int Retries { get; set; }

    /// <summary>True when there is something to ask for that is not on its way.</summary>
    public abstract bool HasMore { get; }

    /// <summary>It took longer than it may: no request is sent again.</summary>
    public virtual bool IsOverdue => false;

    protected List<string> Warnings { get; } = [];

    /// <summary>Values that were answered.</summary>
    public int Varbinds { get; protected set; }

    protected TimeSpan Elapsed => time.GetElapsedTime(_startedAt);

    protected SnmpEffort Effort => new(Requests, Retries, Varbinds, Elapsed, _firstAnswer);

    /// <summary>Chooses what the request asks for and marks it as on its way.</summary>
    public abstract void Prepare(PendingRequest request);

    /// <summary>The name that is asked for by an item of a request.</summary>
    public abstract ReadOnlySpan<byte> NameOf(int item);

    /// <summary>Takes the answer to a request in. False when it is of no use: the request is then sent again, and may change meanwhile.</summary>
    /// <param name="bytes">The datagram's length.</param>
    public abstract bool Take(PendingRequest request, in Pdu answer, int bytes);

    /// <summary>Items of a request are no longer on their way.</summary>
    public abstract void Release(ReadOnlySpan<int> items);

    /// <summary>Called when an answer was taken in: gives the result out when nothing is left to ask for.</summary>
    public abstract void FinishWhenDone();

    /// <summary>Gives the result out that there is.</summary>
    public abstract void Fail(SnmpOutcome outcome, string error);

    public abstract void Cancel(CancellationToken token);

    public abstract void Throw(Exception exception);

    public void NoteAnswer(PendingRequest request) => _firstAnswer ??= time.GetElapsedTime(request.SentAt);
}

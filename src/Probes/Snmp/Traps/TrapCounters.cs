using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Snmp.Traps;

/// <summary>Counts datagrams by their fate since the receiver was made. The receiving thread counts, any thread reads.</summary>
internal sealed class TrapCounters
{
    private static readonly TrapFate[] Fates = Enum.GetValues<TrapFate>();

    private readonly long[] _counts = new long[Fates.Length];
    private long _informs;
    private long _replyFailures;
    private long _failures;

    public long this[TrapFate fate] => Interlocked.Read(ref _counts[(int)fate]);

    public long Received => Fates.Sum(fate => this[fate]);

    public void Count(TrapFate fate) => Interlocked.Increment(ref _counts[(int)fate]);

    public void CountInform() => Interlocked.Increment(ref _informs);

    public void CountFailure() => Interlocked.Increment(ref _failures);

    public void CountReplyFailure() => Interlocked.Increment(ref _replyFailures);

    public Point AddTo(Point point) => point
        .Field("received", Received)
        .Field("taken", this[TrapFate.Taken])
        .Field("informs", Interlocked.Read(ref _informs))
        .Field("duplicates", this[TrapFate.Duplicate])
        .Field("discoveries", this[TrapFate.Discovery])
        .Field("not_allowed", this[TrapFate.SourceNotAllowed])
        .Field("limited", this[TrapFate.OverLimit])
        .Field("malformed", this[TrapFate.Malformed] + this[TrapFate.NotANotification])
        .Field("refused", this[TrapFate.WrongCommunity] + this[TrapFate.UnknownUser] + this[TrapFate.WrongSecurityLevel]
            + this[TrapFate.WrongDigest] + this[TrapFate.NotInTimeWindow] + this[TrapFate.CannotDecrypt])
        .Field("wrong_community", this[TrapFate.WrongCommunity])
        .Field("unknown_user", this[TrapFate.UnknownUser])
        .Field("wrong_security_level", this[TrapFate.WrongSecurityLevel])
        .Field("wrong_digest", this[TrapFate.WrongDigest])
        .Field("not_in_time_window", this[TrapFate.NotInTimeWindow])
        .Field("cannot_decrypt", this[TrapFate.CannotDecrypt])
        .Field("reply_failures", Interlocked.Read(ref _replyFailures))
        .Field("failures", Interlocked.Read(ref _failures));
}

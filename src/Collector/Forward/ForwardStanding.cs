namespace NocMonitor.Collector.Forward;

/// <summary>How a forwarder stands.</summary>
/// <param name="Behind">Batches of the log that it has not passed yet.</param>
/// <param name="Lag">Since when the oldest of them has been in the log.</param>
/// <param name="SentLines">Lines the remote has taken, since the start.</param>
/// <param name="Failures">Requests that failed and are tried again, since the start.</param>
/// <param name="RejectedLines">Lines the remote refused, since the start.</param>
/// <param name="LostBatches">Batches that were cut from a full log before they could be sent, since the start.</param>
/// <param name="LeftOutValues">Values the remote has no form for, since the start.</param>
/// <param name="Trouble">Why the last request failed; empty when it did not.</param>
internal sealed record ForwardStanding(
    string Name, long Behind, TimeSpan Lag, long SentLines, long Failures, long RejectedLines, long LostBatches, long LeftOutValues, string Trouble);

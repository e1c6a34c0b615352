namespace NocMonitor.TimeSeries.Log;

/// <summary>What stands behind the log: memory. Called by the log's thread only.</summary>
internal interface IGroupSink
{
    /// <summary>Why nothing can be taken at present, or null. May wait a little for room.</summary>
    StoreUnavailableException? Refusal();

    /// <summary>Takes batches that are on disk now, in the order of their sequences. Must not fail.</summary>
    void Accept(IReadOnlyList<PendingCommit> group);
}

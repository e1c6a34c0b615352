namespace NocMonitor.TimeSeries.Log;

/// <summary>A batch in the queue of the log's thread. Continuations run elsewhere, so that the thread goes on with the next group.</summary>
internal sealed class PendingCommit(SampleBatch batch)
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SampleBatch Batch { get; } = batch;

    public Task Completion => _completion.Task;

    public void Succeed() => _completion.SetResult();

    public void Fail(StoreUnavailableException reason) => _completion.SetException(reason);
}

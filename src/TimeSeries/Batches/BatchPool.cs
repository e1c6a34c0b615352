using System.Collections.Concurrent;

namespace NocMonitor.TimeSeries.Batches;

/// <summary>Batches for reuse, and what all of them need from their store. Safe for concurrent use.</summary>
internal sealed class BatchPool(SeriesIndex index, TimeLimits times)
{
    /// <summary>A batch keeps room for so many values; what one large request needed beyond that is let go.</summary>
    internal const int RetainedValues = 64 * 1024;

    private const int MostKept = 16;

    private readonly ConcurrentBag<SampleBatch> _batches = [];

    public SeriesIndex Index { get; } = index;

    public TimeLimits Times { get; } = times;

    public TextCache Texts { get; } = new();

    public BatchEpochs Epochs { get; } = new();

    public SampleBatch Rent(string origin)
    {
        if (!_batches.TryTake(out var batch))
        {
            batch = new SampleBatch(this);
        }

        batch.Open(Index.OriginOf(origin), Epochs.Enter());
        return batch;
    }

    /// <summary>Lets go of the batches that nobody has rented.</summary>
    public void ReleaseIdle() => _batches.Clear();

    public void Return(SampleBatch batch)
    {
        Epochs.Leave(batch.Epoch);
        if (_batches.Count < MostKept)
        {
            batch.Trim();
            _batches.Add(batch);
        }
    }
}

using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Ingest;

/// <summary>The points of one request. The request's own; one caller.</summary>
internal interface IPointSource
{
    /// <summary>Adds the next points, about as many as a commit takes at most.</summary>
    ValueTask<SourceStep> ReadAsync(SampleBatch batch, CancellationToken token);
}

/// <summary>Where a source stands.</summary>
/// <param name="IsEnd">Nothing follows.</param>
/// <param name="Failure">Why the request ends here, and what is in the batch is not to be stored; or null.</param>
internal readonly record struct SourceStep(bool IsEnd, WriteFailure? Failure = null);

using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Ingest;

/// <summary>The points of a body of line protocol, a chunk at a time.</summary>
internal sealed class LineSource(Stream body, LineIntake intake) : IPointSource
{
    public async ValueTask<SourceStep> ReadAsync(SampleBatch batch, CancellationToken token)
    {
        var count = await body.ReadAsync(intake.Free, token);
        return new SourceStep(count == 0, intake.Take(count, batch));
    }
}

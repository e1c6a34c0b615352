using System.Collections.Concurrent;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Rules.Evaluation;

/// <summary>Pieces of work that are used again: their row lists are large. Safe for concurrent use.</summary>
internal sealed class WorkPool(int shards)
{
    private const int MostKept = 64;

    private readonly ConcurrentBag<EvaluationWork> _idle = [];

    public EvaluationWork Rent(WorkKind kind, SampleBatch? batch, long clock, long now)
    {
        var work = _idle.TryTake(out var used) ? used : new EvaluationWork(shards);
        work.Begin(kind, batch, clock, now);
        return work;
    }

    /// <summary>Lets go of the pieces that are not in use.</summary>
    public void ReleaseIdle() => _idle.Clear();

    public void Return(EvaluationWork work)
    {
        if (_idle.Count < MostKept)
        {
            _idle.Add(work);
        }
    }
}

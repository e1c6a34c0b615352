using Microsoft.Extensions.Logging;

namespace NocMonitor.TimeSeries.Log;

/// <summary>
/// Decides what the log need not keep: what is in chunks and released by every consumer. A log that grows beyond its limit is cut all the same, as far
/// as it is in chunks; consumers that lag then lose batches, and the operator is told which.
/// </summary>
internal sealed class LogRetention(LogWriter writer, LogCursors cursors, long maxBytes, ILogger log)
{
    public void Apply(long flushed)
    {
        var cut = Cut(flushed);
        if (cut >= writer.FirstSequence)
        {
            writer.CutTo(cut);
        }
        else if (cursors.HasUnsaved)
        {
            writer.SaveCursors();
        }
    }

    /// <summary>The same when the writer is closed.</summary>
    public void ApplyFinally(long flushed) => writer.Finish(Cut(flushed));

    private long Cut(long flushed)
    {
        if (writer.FileBytes > maxBytes)
        {
            // A tenth at a time: the next round looks again.
            var first = writer.FirstSequence;
            var sacrifice = Math.Min(flushed, first + ((writer.LastSequence - first) / 10));
            foreach (var name in cursors.Force(sacrifice))
            {
                log.ConsumerLost(name, sacrifice);
            }
        }

        return Math.Min(flushed, cursors.Lowest());
    }
}

using Microsoft.Extensions.Logging;
using NocMonitor.TimeSeries.Batches;
using NocMonitor.TimeSeries.Codecs;
using NocMonitor.TimeSeries.Log;
using NocMonitor.TimeSeries.Sqlite;

namespace NocMonitor.TimeSeries.Recovery;

/// <summary>Reads committed batches back from the log, over a connection of its own. A torn record is left out and reported.</summary>
internal sealed class LogReplay(string folder, SeriesIndex index, BatchPool pool, ILogger log)
{
    /// <summary>How many records one look into the log takes, so that no long read keeps SQLite from reusing its pages.</summary>
    private const int PageRecords = 16;

    /// <summary>The batches after a sequence up to another, in order. The caller disposes each; it may stop at any time.</summary>
    /// <exception cref="StoreUnavailableException">The file cannot be read at present.</exception>
    public IEnumerable<SampleBatch> Read(long after, long last)
    {
        using var database = OpenLog();
        using var select = database.Prepare("SELECT sequence, committed, record FROM batches WHERE sequence > ? AND sequence <= ? ORDER BY sequence LIMIT ?");
        while (after < last)
        {
            var page = new List<SampleBatch>(PageRecords);
            var seen = ReadPage(select.Bind(1, after).Bind(2, last).Bind(3, PageRecords), page, ref after);
            foreach (var batch in page)
            {
                yield return batch;
            }

            if (seen < PageRecords)
            {
                yield break;
            }
        }
    }

    private int ReadPage(Statement select, List<SampleBatch> page, ref long after)
    {
        var seen = 0;
        try
        {
            while (select.Step())
            {
                seen++;
                after = select.Long(0);
                if (Decode(after, select.Long(1), select.Blob(2)) is { } batch)
                {
                    page.Add(batch);
                }
            }
        }
        catch (DatabaseException fault)
        {
            throw Unreadable(fault);
        }
        finally
        {
            select.Reset();
        }

        return seen;
    }

    private Database OpenLog()
    {
        try
        {
            return Database.OpenForReading(Path.Combine(folder, LogFile.Name));
        }
        catch (DatabaseException fault)
        {
            throw Unreadable(fault);
        }
    }

    private static StoreUnavailableException Unreadable(DatabaseException fault) => new($"the log cannot be read: {fault.Message}", fault);

    private SampleBatch? Decode(long sequence, long committed, ReadOnlySpan<byte> record)
    {
        SampleBatch? batch = null;
        try
        {
            batch = pool.Rent(LogRecord.OriginOf(record));
            LogRecord.Decode(record, index, batch);
            (batch.Sequence, batch.Committed) = (sequence, committed);
            return batch;
        }
        catch (TornDataException fault)
        {
            batch?.Dispose();
            log.TornRecord(sequence, fault.Message);
            return null;
        }
    }
}

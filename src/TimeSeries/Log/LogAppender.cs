using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Catalog;
using NocMonitor.TimeSeries.Sqlite;

namespace NocMonitor.TimeSeries.Log;

/// <summary>
/// The transactions of the log. Each one also carries what the catalog lacks and the cursors that moved; when it fails, those are kept for the
/// next. Used by the log's thread alone.
/// </summary>
internal sealed class LogAppender(LogFile file, CatalogChanges catalog, LogCursors cursors, TimeProvider time)
{
    private long _sinceCheckpoint;
    private long _bytesWritten;
    private long _fileBytes = file.UsedBytes();
    private long _firstSequence = file.FirstSequence();

    /// <summary>Bytes of all records so far; any thread.</summary>
    public long BytesWritten => Interlocked.Read(ref _bytesWritten);

    /// <summary>Bytes in use in the file, as of the last checkpoint or cut; any thread.</summary>
    public long FileBytes => Interlocked.Read(ref _fileBytes);

    /// <summary>The oldest sequence in the file, as of the last cut; 0 when it is empty. Any thread.</summary>
    public long FirstSequence => Interlocked.Read(ref _firstSequence);

    public bool HasUnsaved => cursors.HasUnsaved || !catalog.IsEmpty;

    /// <summary>Writes a group under the sequences that follow the given one and gives the last. All of it is on disk on return, none of it after an exception.</summary>
    public long Append(IReadOnlyList<PendingCommit> group, long sequence)
    {
        long bytes = 0;
        var now = UnixNanoseconds.From(time.GetUtcNow());
        Transact(() =>
        {
            foreach (var commit in group)
            {
                var record = commit.Batch.Record.Written;
                file.Insert(++sequence, now, record);
                commit.Batch.Sequence = sequence;
                bytes += record.Length;
            }
        });
        _sinceCheckpoint += bytes;
        Interlocked.Add(ref _bytesWritten, bytes);
        if (FirstSequence == 0)
        {
            Interlocked.Exchange(ref _firstSequence, sequence - group.Count + 1);
        }

        return sequence;
    }

    public bool SaveUnsaved()
    {
        Transact(() => { });
        return true;
    }

    /// <summary>Deletes a slice of the batches up to the sequence; false when none is left.</summary>
    public bool Cut(long sequence)
    {
        var some = false;
        Transact(() => some = file.Cut(sequence));
        Look();
        return some;
    }

    /// <summary>Gives the free pages of the file back to the volume.</summary>
    public bool Shrink()
    {
        file.Shrink();
        return true;
    }

    /// <summary>After a group, when its committers have their answer.</summary>
    public bool CheckpointWhenDue()
    {
        if (_sinceCheckpoint < StoreFile.JournalBytes)
        {
            return false;
        }

        _sinceCheckpoint = 0;
        file.Checkpoint();
        Look();
        return true;
    }

    private void Look()
    {
        Interlocked.Exchange(ref _fileBytes, file.UsedBytes());
        Interlocked.Exchange(ref _firstSequence, file.FirstSequence());
    }

    private void Transact(Action work)
    {
        var newEntries = catalog.IsEmpty ? null : catalog.Take();
        var moved = cursors.TakeUnsaved();
        try
        {
            file.Transact(() =>
            {
                Save(newEntries, moved);
                work();
            });
            catalog.Saved();
        }
        catch
        {
            if (newEntries is not null)
            {
                catalog.PutBack(newEntries);
            }

            cursors.PutBack(moved);
            throw;
        }
    }

    private void Save(CatalogChanges? newEntries, List<(string Name, long? Sequence)> moved)
    {
        if (newEntries is not null)
        {
            file.Catalog.Save(newEntries);
        }

        foreach (var (name, sequence) in moved)
        {
            if (sequence is { } reached)
            {
                file.SaveCursor(name, reached);
            }
            else
            {
                file.ForgetCursor(name);
            }
        }
    }
}

using Microsoft.Extensions.Logging;
using NocMonitor.TimeSeries.Catalog;
using NocMonitor.TimeSeries.Compaction;
using NocMonitor.TimeSeries.Log;

namespace NocMonitor.TimeSeries.Recovery;

/// <summary>The store's two files, checked, opened and agreed on one catalog.</summary>
internal sealed class StoreFiles : IDisposable
{
    /// <summary>
    /// Sequences jump so far when the log had to be set aside: consumers may have seen numbers that are now unknown, and a number must never
    /// come twice.
    /// </summary>
    private const long SequenceGap = 1_000_000_000;

    private readonly FileStream _lock;

    private StoreFiles(FileStream folderLock, LogFile log, ChunkFile chunks, bool logIsNew)
    {
        _lock = folderLock;
        Log = log;
        Chunks = chunks;
        FlushedSequence = chunks.FlushedSequence;
        LastSequence = Math.Max(log.LastSequence(), FlushedSequence) + (logIsNew && FlushedSequence > 0 ? SequenceGap : 0);
    }

    public LogFile Log { get; }

    public ChunkFile Chunks { get; }

    /// <summary>What is in chunks for certain; the log after it is replayed.</summary>
    public long FlushedSequence { get; }

    /// <summary>The last sequence given out.</summary>
    public long LastSequence { get; }

    public static StoreFiles Open(StoreOptions options, TimeProvider time, ILogger log)
    {
        Directory.CreateDirectory(options.Folder);
        var folderLock = new FileStream(Path.Combine(options.Folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        LogFile? logFile = null;
        try
        {
            var logIsNew = !CheckOrSetAside(LogFile.Name, options, time, log);
            CheckOrSetAside(ChunkFile.Name, options, time, log);
            logFile = LogFile.Open(options.Folder);
            return new StoreFiles(folderLock, logFile, ChunkFile.Open(options.Folder), logIsNew);
        }
        catch
        {
            logFile?.Dispose();
            folderLock.Dispose();
            throw;
        }
    }

    /// <summary>Fills the index from both catalogs; each file then gets what only the other knew.</summary>
    public (CatalogChanges Log, CatalogChanges Chunks) Restore(SeriesIndex index)
    {
        index.BeginRestoring(Chunks.NewestBucket());
        var inChunks = Chunks.LoadCatalog(index);
        var inLog = Log.LoadCatalog(index);
        index.EndRestoring();
        var stale = new List<int>();
        foreach (var id in Chunks.Dropped())
        {
            if (index.Find(id) is { } series)
            {
                index.Drop(series, isNoted: true);
            }
            else
            {
                stale.Add(id);
            }
        }

        if (stale.Count > 0)
        {
            Chunks.Transact(() => stale.ForEach(Chunks.ForgetDropped));
        }

        return (index.Subscribe(inLog), index.Subscribe(inChunks));
    }

    public void Dispose()
    {
        Log.Dispose();
        Chunks.Dispose();
        _lock.Dispose();
    }

    /// <summary>True when the file was there and is whole.</summary>
    private static bool CheckOrSetAside(string name, StoreOptions options, TimeProvider time, ILogger log)
    {
        var path = Path.Combine(options.Folder, name);
        if (!File.Exists(path))
        {
            return false;
        }

        if (TornFile.Fault(path, options.FullCheckBytes) is { } fault)
        {
            log.FileSetAside(path, fault, TornFile.SetAside(path, time));
            return false;
        }

        return true;
    }
}

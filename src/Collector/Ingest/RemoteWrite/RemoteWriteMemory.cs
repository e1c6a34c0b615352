namespace NocMonitor.Collector.Ingest.RemoteWrite;

/// <summary>The bound on what requests of remote write hold in memory together: a compressed block can only be read whole. Any thread.</summary>
internal sealed class RemoteWriteMemory(IngestOptions options)
{
    private const int LargestRequests = 4;

    private readonly long _most = (long)options.MaxRemoteWriteBytes * LargestRequests;
    private long _held;

    public long Held => Volatile.Read(ref _held);

    /// <returns>False when others hold too much; nothing is taken then.</returns>
    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _held, bytes) <= _most)
        {
            return true;
        }

        GiveBack(bytes);
        return false;
    }

    public void GiveBack(int bytes) => Interlocked.Add(ref _held, -bytes);
}

using System.Buffers;

namespace NocMonitor.Collector.Ingest.RemoteWrite;

/// <summary>Bytes of one request, accounted for in <see cref="RemoteWriteMemory"/>. One owner.</summary>
internal sealed class RemoteWriteBuffer(RemoteWriteMemory memory) : IDisposable
{
    private byte[] _bytes = [];
    private int _taken;

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public Memory<byte> Free => _bytes.AsMemory(Length, _taken - Length);

    public void Advance(int count) => Length += count;

    /// <summary>Makes room for so many bytes in all, keeping what is there. False when the memory of all requests is used up.</summary>
    public bool TryGrow(int size)
    {
        if (size <= _taken)
        {
            return true;
        }

        if (!memory.TryTake(size - _taken))
        {
            return false;
        }

        var larger = ArrayPool<byte>.Shared.Rent(size);
        Written.CopyTo(larger);
        Release();
        (_bytes, _taken) = (larger, size);
        return true;
    }

    public void Dispose()
    {
        Release();
        memory.GiveBack(_taken);
        (_bytes, _taken, Length) = ([], 0, 0);
    }

    private void Release()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }
    }
}

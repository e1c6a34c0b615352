using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NocMonitor.Probes.Host.Windows;

/// <summary>What a thread is doing (KTHREAD_STATE); only the states told apart here.</summary>
internal enum ThreadState : uint
{
    Ready = 1,
    Running = 2,
    Standby = 3,
    Waiting = 5,
    DeferredReady = 7,
}

/// <summary>SYSTEM_THREAD_INFORMATION of 64-bit Windows.</summary>
[StructLayout(LayoutKind.Explicit, Size = 80)]
internal readonly struct ThreadEntry
{
    private const uint SuspendedReason = 5;

    [FieldOffset(68)]
    public readonly ThreadState State;

    [FieldOffset(72)]
    private readonly uint _waitReason;

    /// <summary>Waits for a CPU.</summary>
    public bool IsQueued => State is ThreadState.Ready or ThreadState.DeferredReady;

    public bool IsRunning => State is ThreadState.Running or ThreadState.Standby;

    public bool IsSuspended => State == ThreadState.Waiting && _waitReason == SuspendedReason;
}

/// <summary>
/// Walks the processes of the table that SystemProcessInformation gives: a head of 256 bytes each on 64-bit Windows, its threads behind it, and the
/// offset of the next. Stops at the end or where the table does not hold together.
/// </summary>
internal ref struct ProcessTable(ReadOnlySpan<byte> table)
{
    private const int HeadSize = 256;
    private const int ThreadCountOffset = 4;
    private const int ProcessIdOffset = 80;

    private ReadOnlySpan<byte> _next = table;

    public ReadOnlySpan<ThreadEntry> Threads { get; private set; }

    public long ProcessId { get; private set; }

    public bool MoveNext()
    {
        if (_next.Length < HeadSize)
        {
            return false;
        }

        ProcessId = BinaryPrimitives.ReadInt64LittleEndian(_next[ProcessIdOffset..]);
        var threads = MemoryMarshal.Cast<byte, ThreadEntry>(_next[HeadSize..]);
        Threads = threads[..(int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(_next[ThreadCountOffset..]), (uint)threads.Length)];
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(_next);
        _next = offset >= HeadSize && offset < _next.Length ? _next[(int)offset..] : default;
        return true;
    }
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NocMonitor.Probes.Processes;

/// <summary>
/// Walks the table of SystemProcessInformation, SYSTEM_PROCESS_INFORMATION of 64-bit Windows: a head of 256 bytes, the threads, the name, and the offset of
/// the next entry. Stops at the end or where the table does not hold together. Pointers in it are not followed: the garbage collector may have moved the
/// table since.
/// </summary>
internal ref struct ProcessEntries(ReadOnlySpan<byte> table)
{
    private const int HeadSize = 256;
    private const int ThreadSize = 80;

    private ReadOnlySpan<byte> _next = table;
    private ReadOnlySpan<byte> _entry;

    public readonly int Threads => (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(_entry[4..]), int.MaxValue);

    /// <summary>FILETIME of the start.</summary>
    public readonly long CreateTime => BinaryPrimitives.ReadInt64LittleEndian(_entry[32..]);

    public readonly long UserTime => BinaryPrimitives.ReadInt64LittleEndian(_entry[40..]);

    public readonly long KernelTime => BinaryPrimitives.ReadInt64LittleEndian(_entry[48..]);

    public readonly int Id => (int)BinaryPrimitives.ReadInt64LittleEndian(_entry[80..]);

    public readonly int Handles => BinaryPrimitives.ReadInt32LittleEndian(_entry[96..]);

    public readonly long VirtualBytes => BinaryPrimitives.ReadInt64LittleEndian(_entry[120..]);

    public readonly long WorkingSet => BinaryPrimitives.ReadInt64LittleEndian(_entry[144..]);

    /// <summary>The file name of the program, such as <c>svchost.exe</c>, which stands behind the threads; empty where the table has none.</summary>
    public readonly ReadOnlySpan<char> Name
    {
        get
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(_entry[56..]) & ~1;
            var start = HeadSize + ((long)Threads * ThreadSize);
            return start + length <= _entry.Length ? MemoryMarshal.Cast<byte, char>(_entry.Slice((int)start, length)) : default;
        }
    }

    public bool MoveNext()
    {
        if (_next.Length < HeadSize)
        {
            return false;
        }

        _entry = _next;
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(_next);
        _next = offset >= HeadSize && offset < _next.Length ? _next[(int)offset..] : default;
        return true;
    }
}

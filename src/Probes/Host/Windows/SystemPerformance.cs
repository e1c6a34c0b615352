using System.Buffers.Binary;

namespace NocMonitor.Probes.Host.Windows;

/// <summary>The counters of SYSTEM_PERFORMANCE_INFORMATION that are used here, each 32 bits wide, by their places in it (the same since Windows NT 4).</summary>
internal readonly ref struct SystemPerformance(ReadOnlySpan<byte> table)
{
    private const int PageReadCount = 80;
    private const int DirtyPagesWriteCount = 96;
    private const int ContextSwitchCount = 296;

    private readonly ReadOnlySpan<byte> _table = table;

    /// <summary>Pages read to resolve hard faults, from page files and from mapped files alike.</summary>
    public uint PagesRead => Counter(PageReadCount);

    /// <summary>Pages written to page files.</summary>
    public uint PagesWritten => Counter(DirtyPagesWriteCount);

    public uint ContextSwitches => Counter(ContextSwitchCount);

    private uint Counter(int offset) =>
        _table.Length >= offset + sizeof(uint) ? BinaryPrimitives.ReadUInt32LittleEndian(_table[offset..]) : 0;
}

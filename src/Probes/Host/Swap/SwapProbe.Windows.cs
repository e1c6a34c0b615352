using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using NocMonitor.LineProtocol;
using NocMonitor.Probes.Host.Windows;

namespace NocMonitor.Probes.Host.Swap;

/// <summary>Windows: the page files and the paging counters of NtQuerySystemInformation.</summary>
internal sealed partial class SwapProbe
{
    private SystemQuery? _query;
    private Counter32 _pagesIn;
    private Counter32 _pagesOut;

    /// <summary>The head of SYSTEM_PAGEFILE_INFORMATION, in pages; the file's name follows.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct PageFile
    {
        public uint NextEntryOffset;
        public uint TotalSize;
        public uint TotalInUse;
        public uint PeakUsage;
    }

    [SupportedOSPlatform("windows")]
    private Point ReadWindows()
    {
        _query ??= new SystemQuery(1024);
        var page = Environment.SystemPageSize;
        var (total, used) = SumPageFiles(_query.Read(SystemClass.PageFile));
        var point = NewPoint(total * page, (total - Math.Min(used, total)) * page);
        var counters = new SystemPerformance(_query.Read(SystemClass.Performance));
        return point
            .Field("in", _pagesIn.Advance(counters.PagesRead) * page)
            .Field("out", _pagesOut.Advance(counters.PagesWritten) * page);
    }

    internal static (long Total, long Used) SumPageFiles(ReadOnlySpan<byte> table)
    {
        var (total, used) = (0L, 0L);
        while (MemoryMarshal.TryRead<PageFile>(table, out var file))
        {
            total += file.TotalSize;
            used += file.TotalInUse;
            if (file.NextEntryOffset == 0 || file.NextEntryOffset >= table.Length)
            {
                break;
            }

            table = table[(int)file.NextEntryOffset..];
        }

        return (total, used);
    }
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using NocMonitor.Probes.Host.Windows;
using NocMonitor.Probes.Services;

namespace NocMonitor.Probes.Processes;

internal sealed partial class ProcessTable
{
    private const uint QueryLimitedInformation = 0x1000;
    private const int CommandLineInformation = 60;

    private SystemQuery? _query;
    private byte[] _unicode = [];
    private Dictionary<string, int>? _services;

    [SupportedOSPlatform("windows")]
    private void RefreshWindows()
    {
        _services = null;
        _query ??= new SystemQuery(512 << 10);
        var entries = new ProcessEntries(_query.Read(SystemClass.Process));
        while (entries.MoveNext())
        {
            // Id 0 is the idle time of the CPUs.
            if (entries.Id == 0)
            {
                continue;
            }

            var process = See(entries.Id, entries.CreateTime);
            process.Started = new DateTimeOffset(DateTime.FromFileTimeUtc(Math.Clamp(entries.CreateTime, 0, DateTime.MaxValue.Ticks - DateTime.FromFileTimeUtc(0).Ticks)));
            if (!entries.Name.SequenceEqual(process.Name))
            {
                process.Name = entries.Name.ToString();
            }

            process.UserCpu = new TimeSpan(entries.UserTime);
            process.SystemCpu = new TimeSpan(entries.KernelTime);
            process.Threads = entries.Threads;
            process.Handles = entries.Handles;
            process.VirtualBytes = entries.VirtualBytes;
            process.ResidentBytes = entries.WorkingSet;
        }
    }

    [SupportedOSPlatform("windows")]
    private ReadOnlySpan<char> CommandLineWindows(ProcessSample process)
    {
        using var handle = OpenProcess(QueryLimitedInformation, false, process.Id);
        if (handle.IsInvalid)
        {
            return default;
        }

        for (var attempt = 0; attempt < 2; attempt++)
        {
            var status = NtQueryInformationProcess(handle, CommandLineInformation, _unicode, _unicode.Length, out var needed);
            if (status >= 0)
            {
                return UnicodeText(_unicode);
            }

            if (needed <= _unicode.Length)
            {
                break;
            }

            _unicode = new byte[needed];
        }

        return default;
    }

    /// <summary>A UNICODE_STRING at the start of the buffer: its length in bytes, then, behind the pointer, the text itself.</summary>
    private static ReadOnlySpan<char> UnicodeText(ReadOnlySpan<byte> buffer)
    {
        const int header = 16;
        if (buffer.Length < header)
        {
            return default;
        }

        var length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(buffer), buffer.Length - header);
        return MemoryMarshal.Cast<byte, char>(buffer.Slice(header, length & ~1));
    }

    [SupportedOSPlatform("windows")]
    private bool IsOfServiceWindows(ProcessSample process, string service)
    {
        _services ??= ServiceControlManager.ProcessIds();
        return _services.TryGetValue(service, out var id) && id == process.Id;
    }

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial SafeProcessHandle OpenProcess(uint access, [MarshalAs(UnmanagedType.Bool)] bool inherit, int id);

    [LibraryImport("ntdll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int NtQueryInformationProcess(SafeProcessHandle process, int what, Span<byte> buffer, int length, out int needed);
}

using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Extensions.Logging;

namespace NocMonitor.Agent.Hosting;

/// <summary>
/// Writes warnings and errors to the Windows event log, source NocMonitor, which the installer registers. Any thread. What the event log refuses is
/// gone: there is no other place, and the agent goes on.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe partial class WindowsEventLog : IDisposable
{
    private const ushort ErrorType = 1;
    private const ushort WarningType = 2;
    private const uint EventId = 1;

    private readonly nint _source = RegisterEventSourceW(null, "NocMonitor");

    public void Write(LogLevel level, string text)
    {
        if (_source == 0 || level < LogLevel.Warning)
        {
            return;
        }

        fixed (char* start = text)
        {
            var texts = stackalloc char*[1];
            texts[0] = start;
            ReportEventW(_source, level == LogLevel.Warning ? WarningType : ErrorType, 0, EventId, 0, 1, 0, texts, 0);
        }
    }

    public void Dispose()
    {
        if (_source != 0)
        {
            DeregisterEventSource(_source);
        }
    }

    [LibraryImport("advapi32.dll", StringMarshalling = StringMarshalling.Utf16)]
    private static partial nint RegisterEventSourceW(string? server, string source);

    [LibraryImport("advapi32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool ReportEventW(
        nint source, ushort type, ushort category, uint id, nint user, ushort texts, uint dataLength, char** text, nint data);

    [LibraryImport("advapi32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool DeregisterEventSource(nint source);
}

using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace NocMonitor.Probes.Host.Windows;

/// <summary>Classes of NtQuerySystemInformation that are read here, by their numbers in the kernel.</summary>
internal enum SystemClass
{
    Performance = 2,
    TimeOfDay = 3,
    Process = 5,
    ProcessorPerformance = 8,
    PageFile = 18,
}

/// <summary>
/// NtQuerySystemInformation into a buffer that grows as the kernel asks and is kept between rounds. It gives in one call what perflib needs a registry
/// read of megabytes for. One caller at a time; the bytes are valid until the next query.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed partial class SystemQuery(int bufferBytes)
{
    private const int InvalidInfoClass = unchecked((int)0xC0000003);
    private const int InfoLengthMismatch = unchecked((int)0xC0000004);
    private const int BufferTooSmall = unchecked((int)0xC0000023);
    private const int LargestBuffer = 256 << 20;

    private byte[] _buffer = new byte[bufferBytes];

    /// <summary>One table, or its part for one processor group (groups exist above 64 CPUs); empty when this system does not have it.</summary>
    public ReadOnlySpan<byte> Read(SystemClass what, ushort? group = null)
    {
        while (true)
        {
            var status = group is { } number
                ? NtQuerySystemInformationEx(what, number, sizeof(ushort), _buffer, (uint)_buffer.Length, out var length)
                : NtQuerySystemInformation(what, _buffer, (uint)_buffer.Length, out length);
            if (status is not (InfoLengthMismatch or BufferTooSmall) || _buffer.Length >= LargestBuffer)
            {
                return Checked(what, status, length);
            }

            // The table may grow until the next call: ask for a quarter more than was missing.
            _buffer = new byte[Math.Max(_buffer.Length * 2L, length + (length / 4L))];
        }
    }

    /// <summary>A table of a fixed size, for those that are not given into a larger buffer.</summary>
    public ReadOnlySpan<byte> ReadFixed(SystemClass what, int bytes) =>
        Checked(what, NtQuerySystemInformation(what, _buffer, (uint)bytes, out var length), length);

    private ReadOnlySpan<byte> Checked(SystemClass what, int status, uint length) => status switch
    {
        >= 0 => _buffer.AsSpan(0, (int)Math.Min(length, (uint)_buffer.Length)),
        InvalidInfoClass => default,
        _ => throw new Win32Exception(RtlNtStatusToDosError(status), $"the system's {what} table cannot be read"),
    };

    [LibraryImport("ntdll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int NtQuerySystemInformation(SystemClass what, Span<byte> buffer, uint length, out uint needed);

    [LibraryImport("ntdll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int NtQuerySystemInformationEx(
        SystemClass what, in ushort input, uint inputLength, Span<byte> buffer, uint length, out uint needed);

    [LibraryImport("ntdll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int RtlNtStatusToDosError(int status);
}

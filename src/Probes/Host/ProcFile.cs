using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;
using NocMonitor.Probes.Host.Linux;

namespace NocMonitor.Probes.Host;

/// <summary>
/// One file of /proc or /sys that is read anew each round. Keeps the handle open and the buffer allocated between rounds: the kernel makes the text
/// afresh for every read at offset 0. Calls the C library itself, because files that this kernel or container does not have are normal here, and an exception
/// each round would cost more than all the reading. One caller at a time; the text a read gives is valid until the next read.
/// </summary>
internal sealed class ProcFile(string path) : IDisposable
{
    // No file of /proc that is read here comes near; a limit all the same, since the kernel sets none.
    private const int LongestText = 16 << 20;
    private const int FileTooLarge = 27;

    private readonly byte[] _path = Encoding.UTF8.GetBytes(path + '\0');
    private byte[] _buffer = new byte[512];
    private SafeFileHandle? _handle;

    /// <summary>The whole text; throws an <see cref="IOException"/> with the path when it cannot be read.</summary>
    [UnsupportedOSPlatform("windows")]
    public ReadOnlySpan<byte> Read() => TryRead(out var text, out var error)
        ? text
        : throw new IOException($"{path} cannot be read: {Marshal.GetPInvokeErrorMessage(error)}");

    /// <summary>The whole text; false when the file is not there or not for us.</summary>
    [UnsupportedOSPlatform("windows")]
    public bool TryRead(out ReadOnlySpan<byte> text) => TryRead(out text, out _);

    public void Dispose()
    {
        _handle?.Dispose();
        _handle = null;
    }

    [UnsupportedOSPlatform("windows")]
    private bool TryRead(out ReadOnlySpan<byte> text, out int error)
    {
        if (_handle is not null && TryReadAll(_handle, out text, out error))
        {
            return true;
        }

        // The first read, or the device behind the kept handle is gone (ENODEV) and a new one may stand under the same name.
        Dispose();
        _handle = LibC.Open(_path, out error);
        if (_handle is not null && TryReadAll(_handle, out text, out error))
        {
            return true;
        }

        Dispose();
        text = default;
        return false;
    }

    [UnsupportedOSPlatform("windows")]
    private bool TryReadAll(SafeFileHandle handle, out ReadOnlySpan<byte> text, out int error)
    {
        text = default;
        var length = 0;
        while (LibC.ReadAt(handle, _buffer.AsSpan(length), length, out error) is var count and not 0)
        {
            if (count < 0 || length >= LongestText)
            {
                error = count < 0 ? error : FileTooLarge;
                return false;
            }

            length += count;
            if (length == _buffer.Length)
            {
                Array.Resize(ref _buffer, length * 2);
            }
        }

        text = _buffer.AsSpan(0, length);
        return true;
    }
}

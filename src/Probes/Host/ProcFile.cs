using Microsoft.Win32.SafeHandles;

namespace NocMonitor.Probes.Host;

/// <summary>
/// One file of /proc or /sys that is read anew each round. Keeps the handle open and the buffer allocated between rounds: the kernel makes the text
/// afresh for every read at offset 0. One caller at a time; the text a read gives is valid until the next read.
/// </summary>
internal sealed class ProcFile(string path) : IDisposable
{
    // No file of /proc that is read here comes near; a limit all the same, since the kernel sets none.
    private const int LongestText = 16 << 20;

    private byte[] _buffer = new byte[2048];
    private SafeFileHandle? _handle;

    /// <summary>The whole text. Throws what <see cref="File.OpenHandle"/> throws when the file cannot be read.</summary>
    public ReadOnlySpan<byte> Read()
    {
        if (_handle is { } kept)
        {
            try
            {
                return ReadAll(kept);
            }
            catch (IOException)
            {
                // The device behind the kept handle is gone (ENODEV); a new one may stand under the same name.
                Dispose();
            }
        }

        _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return ReadAll(_handle);
    }

    /// <summary>The whole text; false when the file is not there or not for us, which older kernels and containers make normal.</summary>
    public bool TryRead(out ReadOnlySpan<byte> text)
    {
        try
        {
            text = Read();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            text = default;
            return false;
        }
    }

    public void Dispose()
    {
        _handle?.Dispose();
        _handle = null;
    }

    private ReadOnlySpan<byte> ReadAll(SafeFileHandle handle)
    {
        var length = 0;
        while (RandomAccess.Read(handle, _buffer.AsSpan(length), length) is var count and > 0)
        {
            length += count;
            if (length == _buffer.Length)
            {
                if (length >= LongestText)
                {
                    throw new IOException($"{path} is longer than {LongestText} bytes");
                }

                Array.Resize(ref _buffer, length * 2);
            }
        }

        return _buffer.AsSpan(0, length);
    }
}

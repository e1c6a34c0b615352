using System.Buffers.Binary;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace NocMonitor.Agent.Delivery;

/// <summary>One append-only file of the spool. Owned by the spool, under its lock; only <see cref="Sync"/> may run outside it.</summary>
internal sealed class SpoolSegment : IDisposable
{
    public const int HeaderLength = 16;
    public const string Extension = ".seg";

    private static ReadOnlySpan<byte> Magic => "NOCSPOL1"u8;

    private readonly SafeFileHandle _file;

    private SpoolSegment(string path, long number, SafeFileHandle file, long length)
    {
        Path = path;
        Number = number;
        _file = file;
        Length = length;
    }

    public string Path { get; }

    public long Number { get; }

    /// <summary>Bytes that count, header included; the file may be longer after a write that failed half-way.</summary>
    public long Length { get; private set; }

    public SpoolPosition End => new(Number, Length);

    /// <summary>When the newest record was written, by the monotonic clock.</summary>
    public long NewestTimestamp { get; set; }

    public static string FileName(long number) => number.ToString("D10", CultureInfo.InvariantCulture) + Extension;

    public static bool TryParseName(string path, out long number) => long.TryParse(
        System.IO.Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;

    public static SpoolSegment Create(string folder, long number)
    {
        var path = System.IO.Path.Combine(folder, FileName(number));
        var file = OpenFile(path, FileMode.Create);
        try
        {
            Span<byte> header = stackalloc byte[HeaderLength];
            Magic.CopyTo(header);
            BinaryPrimitives.WriteInt64LittleEndian(header[8..], number);
            RandomAccess.Write(file, header, 0);
            return new SpoolSegment(path, number, file, HeaderLength);
        }
        catch (IOException)
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file of an earlier run; null when its header is not that of this segment.</summary>
    public static SpoolSegment? Open(string path, long number)
    {
        var file = OpenFile(path, FileMode.Open);
        Span<byte> header = stackalloc byte[HeaderLength];
        if (RandomAccess.Read(file, header, 0) == HeaderLength && header.StartsWith(Magic)
            && BinaryPrimitives.ReadInt64LittleEndian(header[8..]) == number)
        {
            return new SpoolSegment(path, number, file, RandomAccess.GetLength(file));
        }

        file.Dispose();
        return null;
    }

    /// <summary>Appends whole or not at all: after a failure the next append writes over what a partial one left.</summary>
    public void Append(ReadOnlySpan<byte> record)
    {
        RandomAccess.Write(_file, record, Length);
        Length += record.Length;
    }

    public bool TryReadHeader(long offset, out SpoolRecordHeader header)
    {
        Span<byte> bytes = stackalloc byte[SpoolRecord.HeaderLength];
        header = default;
        return offset + bytes.Length <= Length
            && RandomAccess.Read(_file, bytes, offset) == bytes.Length
            && SpoolRecord.TryReadHeader(bytes, out header)
            && offset + header.RecordLength <= Length;
    }

    /// <summary>Fills <paramref name="record"/> from the file; false when the file has less.</summary>
    public bool TryRead(long offset, Span<byte> record)
    {
        while (record.Length > 0)
        {
            var read = RandomAccess.Read(_file, record, offset);
            if (read <= 0)
            {
                return false;
            }

            record = record[read..];
            offset += read;
        }

        return true;
    }

    /// <summary>Ends the segment earlier without touching the file.</summary>
    public void Forget(long length) => Length = length;

    public void Truncate(long length)
    {
        Length = length;
        RandomAccess.SetLength(_file, length);
    }

    public void Sync() => RandomAccess.FlushToDisk(_file);

    public void Dispose() => _file.Dispose();

    private static SafeFileHandle OpenFile(string path, FileMode mode) =>
        File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
}

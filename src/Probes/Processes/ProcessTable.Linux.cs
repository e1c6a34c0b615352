using System.Buffers.Text;
using System.Globalization;
using System.IO.Enumeration;
using System.Runtime.Versioning;
using System.Text;
using NocMonitor.Probes.Host.Linux;

namespace NocMonitor.Probes.Processes;

internal sealed partial class ProcessTable
{
    private const int LongestStat = 1024;
    private const int LongestCommandLine = 64 << 10;
    private const int LongestCgroup = 4096;

    // More than any sane limit of open files; a process beyond is told as having this many.
    private const int MostOpenFiles = 1 << 20;

    private static readonly EnumerationOptions EveryEntry = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    // The path of one file after the other is written behind the folder's, each ended by a zero byte.
    private readonly byte[] _path = Encoding.UTF8.GetBytes($"{root.Proc("")}/{new string('\0', 32)}");
    private readonly int _folderLength = Encoding.UTF8.GetByteCount(root.Proc("")) + 1;

    private readonly char[] _comm = new char[LongestStat];
    private byte[] _bytes = [];
    private char[] _text = [];
    private DateTimeOffset _boot;

    [UnsupportedOSPlatform("windows")]
    private void RefreshLinux(CancellationToken token)
    {
        UpdateBootTime();
        Span<byte> buffer = stackalloc byte[LongestStat];
        foreach (var id in new FileSystemEnumerable<int>(root.Proc(""), static (ref entry) => ProcessId(entry.FileName), EveryEntry)
        {
            ShouldIncludePredicate = static (ref entry) => ProcessId(entry.FileName) > 0,
        })
        {
            token.ThrowIfCancellationRequested();
            // A process that ended meanwhile is none of this round.
            var length = LibC.ReadStart(PathOf(id, "/stat\0"u8), buffer);
            if (length > 0 && ProcessStatLine.TryParse(buffer[..length], out var stat))
            {
                Take(id, stat);
            }
        }
    }

    [UnsupportedOSPlatform("windows")]
    private void Take(int id, in ProcessStatLine stat)
    {
        var process = See(id, (long)stat.StartTicks);
        process.Started = _boot + ProcessStatLine.FromTicks(stat.StartTicks);
        var name = _comm.AsSpan(0, Encoding.UTF8.GetChars(stat.Name, _comm));
        if (!name.SequenceEqual(process.Name))
        {
            process.Name = name.ToString();
        }

        process.IsZombie = stat.State is 'Z' or 'X' or 'x';
        process.UserCpu = ProcessStatLine.FromTicks(stat.UserTicks);
        process.SystemCpu = ProcessStatLine.FromTicks(stat.SystemTicks);
        process.Threads = stat.Threads;
        process.VirtualBytes = stat.VirtualBytes;
        process.ResidentBytes = stat.ResidentPages * Environment.SystemPageSize;
    }

    /// <summary>
    /// When the kernel's ticks began, by the wall clock. Kept while the clock runs steadily, so that a process has the same start in every round.
    /// </summary>
    [UnsupportedOSPlatform("windows")]
    private void UpdateBootTime()
    {
        Span<byte> buffer = stackalloc byte[64];
        var length = LibC.ReadStart(Encoding.UTF8.GetBytes($"{root.Proc("uptime")}\0"), buffer);
        if (length <= 0 || !Utf8Parser.TryParse(buffer[..length], out double seconds, out _))
        {
            throw new IOException($"{root.Proc("uptime")} cannot be read");
        }

        var boot = time.GetUtcNow() - TimeSpan.FromSeconds(seconds);
        if ((boot - _boot).Duration() > TimeSpan.FromSeconds(1))
        {
            _boot = boot;
        }
    }

    [UnsupportedOSPlatform("windows")]
    private ReadOnlySpan<char> CommandLineLinux(ProcessSample process)
    {
        if (_bytes.Length < LongestCommandLine)
        {
            _bytes = new byte[LongestCommandLine];
            _text = new char[LongestCommandLine];
        }

        var length = LibC.ReadStart(PathOf(process.Id, "/cmdline\0"u8), _bytes);
        if (length <= 0)
        {
            return default;
        }

        var arguments = _bytes.AsSpan(0, length).TrimEnd((byte)0);
        arguments.Replace((byte)0, (byte)' ');
        return _text.AsSpan(0, Encoding.UTF8.GetChars(arguments, _text));
    }

    /// <summary>Each part of the path of its control group may be a unit: <c>/system.slice/nginx.service</c>.</summary>
    [UnsupportedOSPlatform("windows")]
    private bool IsOfUnitLinux(ProcessSample process, string unit)
    {
        Span<byte> buffer = stackalloc byte[LongestCgroup];
        var length = LibC.ReadStart(PathOf(process.Id, "/cgroup\0"u8), buffer);
        return length > 0 && ControlGroup.HasPart(buffer[..length], unit);
    }

    private int? OpenFilesLinux(ProcessSample process)
    {
        try
        {
            var count = 0;
            foreach (var _ in new FileSystemEnumerable<bool>(root.Proc($"{process.Id}/fd"), static (ref _) => true, EveryEntry))
            {
                if (++count == MostOpenFiles)
                {
                    break;
                }
            }

            return count;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or belongs to another user.
            return null;
        }
    }

    private ReadOnlySpan<byte> PathOf(int id, ReadOnlySpan<byte> file)
    {
        Utf8Formatter.TryFormat(id, _path.AsSpan(_folderLength), out var digits);
        file.CopyTo(_path.AsSpan(_folderLength + digits));
        return _path;
    }

    private static int ProcessId(ReadOnlySpan<char> name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
}

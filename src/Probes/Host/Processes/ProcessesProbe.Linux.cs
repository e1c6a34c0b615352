using System.Buffers.Text;
using System.Globalization;
using System.IO.Enumeration;
using System.Runtime.Versioning;
using System.Text;
using NocMonitor.LineProtocol;
using NocMonitor.Probes.Host.Linux;

namespace NocMonitor.Probes.Host.Processes;

/// <summary>Linux: the start of /proc/PID/stat of each process. A process that ends meanwhile is not counted.</summary>
internal sealed partial class ProcessesProbe
{
    private const int LongestStart = 512;

    // The path of one file after the other is written behind the folder's, each ended by a zero byte.
    private readonly byte[] _path = Encoding.UTF8.GetBytes($"{options.Root.Path}/proc/{new string('\0', 32)}");
    private readonly int _folderLength = Encoding.UTF8.GetByteCount($"{options.Root.Path}/proc/");

    [UnsupportedOSPlatform("windows")]
    private Point ReadProc(CancellationToken token)
    {
        var count = default(StateCount);
        Span<byte> buffer = stackalloc byte[LongestStart];
        foreach (var id in new FileSystemEnumerable<int>(options.Root.Proc(""), static (ref entry) => ProcessId(entry.FileName))
        {
            ShouldIncludePredicate = static (ref entry) => ProcessId(entry.FileName) > 0,
        })
        {
            token.ThrowIfCancellationRequested();
            var length = LibC.ReadStart(StatPath(id), buffer);
            if (length > 0 && ProcessStat.TryParse(buffer[..length], out var stat))
            {
                count.Add(stat);
            }
        }

        return count.ToPoint();
    }

    private static int ProcessId(ReadOnlySpan<char> name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;

    private ReadOnlySpan<byte> StatPath(int id)
    {
        Utf8Formatter.TryFormat(id, _path.AsSpan(_folderLength), out var digits);
        "/stat\0"u8.CopyTo(_path.AsSpan(_folderLength + digits));
        return _path;
    }
}

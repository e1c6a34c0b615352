using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace NocMonitor.Probes.Exec;

internal sealed partial class ProcessTree
{
    private const int SigKill = 9;

    // A process may start another between our look at it and its end; the third look finds nothing unless somebody forks without end.
    private const int Passes = 3;

    // The environment of execve has no limit worth the name; the mark is set last, and a page or two of allowed variables come before it.
    private const int LongestEnvironment = 256 << 10;

    [SupportedOSPlatform("linux")]
    private void KillMarked()
    {
        var mark = Encoding.ASCII.GetBytes($"{MarkVariable}={_mark}");
        for (var pass = 0; pass < Passes; pass++)
        {
            var found = 0;
            foreach (var folder in Directory.EnumerateDirectories("/proc"))
            {
                if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && IsMarked(folder, mark))
                {
                    found++;
                    _ = kill(pid, SigKill);
                }
            }

            if (found == 0)
            {
                return;
            }
        }
    }

    [SupportedOSPlatform("linux")]
    private static bool IsMarked(string folder, ReadOnlySpan<byte> mark)
    {
        try
        {
            using var file = File.OpenHandle(Path.Combine(folder, "environ"));
            var text = new byte[LongestEnvironment];
            var length = 0;
            while (length < text.Length && RandomAccess.Read(file, text.AsSpan(length), length) is var count and > 0)
            {
                length += count;
            }

            return text.AsSpan(0, length).IndexOf(mark) >= 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or belongs to another user and is no descendant of a program we started.
            return false;
        }
    }

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int kill(int pid, int signal);
}

using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace NocMonitor.Agent.Hosting;

internal sealed partial class Footprint
{
    // malloc.h and asm-generic/mman-common.h.
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;
    private const int ArenaMax = -8;
    private const int DontNeed = 4;

    /// <summary>
    /// By default every thread grows a native heap of its own, and what one compression freed stays with its thread. One heap and an early mmap give it back.
    /// A C library other than glibc has no such knobs, and no such habit.
    /// </summary>
    [SupportedOSPlatform("linux")]
    private static void LimitNativeHeaps()
    {
        try
        {
            _ = SetMalloc(ArenaMax, 1);
            _ = SetMalloc(MmapThreshold, 64 << 10);
            _ = SetMalloc(TrimThreshold, 64 << 10);
        }
        catch (EntryPointNotFoundException)
        {
            return;
        }
    }

    [SupportedOSPlatform("linux")]
    private static void TrimNativeHeap()
    {
        try
        {
            _ = TrimMalloc(0);
        }
        catch (EntryPointNotFoundException)
        {
            return;
        }
    }

    /// <summary>
    /// Unmaps the pages of program files; what is still used comes back from the page cache with its next use. Only mappings that cannot be written to and
    /// of which no page was ever changed: for those the file has it all. Program files are never unloaded, so no address changes its meaning meanwhile.
    /// </summary>
    [SupportedOSPlatform("linux")]
    private static void DropCode()
    {
        (ulong Start, ulong End) mapping = default;
        foreach (var line in File.ReadLines("/proc/self/smaps"))
        {
            if (line.StartsWith("Anonymous:", StringComparison.Ordinal))
            {
                if (mapping.End > mapping.Start && line.EndsWith(" 0 kB", StringComparison.Ordinal))
                {
                    // Advice only: refusing it costs nothing.
                    _ = Advise((nuint)mapping.Start, (nuint)(mapping.End - mapping.Start), DontNeed);
                }
            }
            else if (line.Length > 0 && char.IsAsciiHexDigitLower(line[0]))
            {
                // The head of a mapping begins with its address; the lines about it begin with a capital.
                mapping = ReadMapping(line);
            }
        }
    }

    /// <summary>The addresses of <c>7f00-7f10 r-xp 0000 08:01 123 /path</c> when it is code or a shared view of a file; else an empty mapping.</summary>
    internal static (ulong Start, ulong End) ReadMapping(string line)
    {
        var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var dash = line.IndexOf('-', StringComparison.Ordinal);
        return parts is [_, "r-xp" or "r--s", _, _, _, ['/', ..], ..]
            && ulong.TryParse(line.AsSpan(0, dash), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var start)
            && ulong.TryParse(line.AsSpan(dash + 1, parts[0].Length - dash - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var end)
            ? (start, end)
            : default;
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetMalloc(int parameter, int value);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimMalloc(nuint pad);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint address, nuint length, int advice);
}

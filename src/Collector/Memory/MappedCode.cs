using System.Globalization;

namespace NocMonitor.Collector.Memory;

/// <summary>A stretch of the address space that shows a file which this process cannot write to and of which it has changed no page: the file has all of it.</summary>
/// <param name="Start">The first address.</param>
/// <param name="End">The address behind the last.</param>
internal readonly record struct MappedCode(ulong Start, ulong End)
{
    /// <summary>
    /// Those among the mappings that <c>/proc/PID/smaps</c> lists: compiled code, and shared views of files. Data that was adjusted at loading and is read-only since is neither, or has pages of its own.
    /// </summary>
    public static IEnumerable<MappedCode> Among(IEnumerable<string> smaps)
    {
        MappedCode? mapping = null;
        foreach (var line in smaps)
        {
            if (line.StartsWith("Anonymous:", StringComparison.Ordinal))
            {
                if (mapping is { } found && line.EndsWith(" 0 kB", StringComparison.Ordinal))
                {
                    yield return found;
                }

                mapping = null;
            }
            else if (line.Length > 0 && char.IsAsciiHexDigitLower(line[0]))
            {
                // The head of a mapping begins with its address; the lines about it begin with a capital.
                mapping = Read(line);
            }
        }
    }

    /// <summary>From <c>7f00-7f10 r-xp 00000000 08:01 123 /path</c> when it cannot be written to and belongs to a file that still has its name; else null.</summary>
    private static MappedCode? Read(string line)
    {
        var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts is [var addresses, "r-xp" or "r--s", _, _, _, ['/', ..], ..] && parts[^1] != "(deleted)"
            && addresses.Split('-') is [var first, var last]
            && ulong.TryParse(first, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var start)
            && ulong.TryParse(last, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var end)
            && start < end
            ? new MappedCode(start, end)
            : null;
    }
}

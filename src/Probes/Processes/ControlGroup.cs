using System.Text;

namespace NocMonitor.Probes.Processes;

/// <summary>Reads /proc/PID/cgroup: lines of <c>hierarchy:controllers:path</c> (cgroups(7)), one in version 2, a dozen in version 1.</summary>
internal static class ControlGroup
{
    private const int LongestUnit = 256;

    /// <summary>True when a part of any line's path is this name.</summary>
    public static bool HasPart(ReadOnlySpan<byte> text, string name)
    {
        Span<byte> part = stackalloc byte[LongestUnit + 1];
        part[0] = (byte)'/';
        if (!Encoding.UTF8.TryGetBytes(name, part[1..], out var length))
        {
            return false;
        }

        part = part[..(length + 1)];
        while (text.IndexOf(part) is var start and >= 0)
        {
            text = text[(start + part.Length)..];
            if (text.IsEmpty || text[0] is (byte)'/' or (byte)'\n')
            {
                return true;
            }
        }

        return false;
    }
}

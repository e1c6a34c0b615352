namespace NocMonitor.Probes.Host.Net;

/// <summary>Reads lines of /proc/net/dev: a name, a colon that old kernels write without a blank behind it, 8 columns received and 8 sent.</summary>
internal static class NetDevParser
{
    private const int Columns = 12;

    /// <summary>One line; false for the two headings and for what is not such a line.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> name, out InterfaceCounters counters)
    {
        counters = default;
        var colon = line.LastIndexOf((byte)':');
        name = colon > 0 ? line[..colon].Trim((byte)' ') : default;
        if (name.IsEmpty)
        {
            return false;
        }

        Span<ulong> values = stackalloc ulong[Columns];
        var words = new TextCursor(line[(colon + 1)..]);
        foreach (ref var value in values)
        {
            if (!words.TryNumber(out value))
            {
                return false;
            }
        }

        counters = new InterfaceCounters
        {
            BytesReceived = values[0],
            PacketsReceived = values[1],
            ErrorsIn = values[2],
            DropsIn = values[3],
            BytesSent = values[8],
            PacketsSent = values[9],
            ErrorsOut = values[10],
            DropsOut = values[11],
        };
        return true;
    }
}

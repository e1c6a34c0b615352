namespace NocMonitor.Probes.Host.Cpu;

/// <summary>
/// Reads the cpu lines of /proc/stat (proc(5)). Kernels grew columns over time (4 in 2.4, steal in 2.6.11, guest_nice in 2.6.33); a missing one is 0.
/// </summary>
internal static class CpuTimesParser
{
    private const int FewestColumns = 4;

    public static void Parse(ReadOnlySpan<byte> stat, CpuReading reading)
    {
        reading.Clear();
        var lines = new TextCursor(stat);
        while (lines.TryLine(out var line) && line.StartsWith("cpu"u8))
        {
            ParseLine(line["cpu".Length..], reading);
        }
    }

    private static void ParseLine(ReadOnlySpan<byte> line, CpuReading reading)
    {
        var blank = line.IndexOf((byte)' ');
        if (blank < 0 || !TryTimes(line[blank..], out var times))
        {
            return;
        }

        if (blank == 0)
        {
            reading.Total = times;
        }
        else if (TextCursor.IsNumber(line[..blank], out var cpu))
        {
            reading.Set((int)Math.Min(cpu, int.MaxValue), times);
        }
    }

    private static bool TryTimes(ReadOnlySpan<byte> columns, out CpuTimes times)
    {
        Span<ulong> values = stackalloc ulong[10];
        values.Clear();
        var cursor = new TextCursor(columns);
        var count = 0;
        while (count < values.Length && cursor.TryNumber(out values[count]))
        {
            count++;
        }

        times = new CpuTimes
        {
            User = values[0],
            Nice = values[1],
            System = values[2],
            Idle = values[3],
            IoWait = values[4],
            Irq = values[5],
            SoftIrq = values[6],
            Steal = values[7],
            Guest = values[8],
            GuestNice = values[9],
        };
        return count >= FewestColumns;
    }
}

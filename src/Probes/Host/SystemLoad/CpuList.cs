namespace NocMonitor.Probes.Host.SystemLoad;

/// <summary>Lists of CPUs as sysfs writes them: <c>0-3,8,10-11</c>.</summary>
internal static class CpuList
{
    private const ulong MostCpus = 1 << 16;

    /// <summary>How many CPUs a list names; false when it is not such a list.</summary>
    public static bool TryCount(ReadOnlySpan<byte> text, out long count)
    {
        count = 0;
        var lines = new TextCursor(text);
        if (!lines.TryLine(out var line))
        {
            return false;
        }

        foreach (var range in line.Split((byte)','))
        {
            if (!TryRange(line[range], out var cpus))
            {
                return false;
            }

            count += cpus;
        }

        return true;
    }

    private static bool TryRange(ReadOnlySpan<byte> text, out long cpus)
    {
        var dash = text.IndexOf((byte)'-');
        cpus = 0;
        if (!TextCursor.IsNumber(dash < 0 ? text : text[..dash], out var first)
            || !TextCursor.IsNumber(text[(dash + 1)..], out var last)
            || first > last || last >= MostCpus)
        {
            return false;
        }

        cpus = (long)(last - first) + 1;
        return true;
    }
}

namespace NocMonitor.Agent.Scheduling;

/// <summary>
/// Remembers the last <c>result_code</c> of each series, to tell which points must not wait for the flush interval: one that changes it, and those that
/// follow at once to confirm it. A series seen for the first time has changed when it fails. Bounded: beyond so many series new ones are not watched,
/// and their changes wait. Any thread.
/// </summary>
internal sealed class ResultWatch
{
    private const int MostSeries = 200_000;

    /// <summary>A rule that wants three failures in a row must see the third one at once too.</summary>
    private const byte Confirmations = 3;

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, (long Result, byte Following)> _last = [];

    /// <param name="line">The point's line; its measurement and tags name the series.</param>
    /// <param name="result">Its result code.</param>
    public bool IsUrgent(ReadOnlySpan<byte> line, long result)
    {
        var key = StableHash.Of(SeriesOf(line));
        lock (_lock)
        {
            var known = _last.TryGetValue(key, out var last);
            if (!known && _last.Count >= MostSeries)
            {
                return false;
            }

            var changed = known ? last.Result != result : result != 0;
            _last[key] = (result, changed ? Confirmations : (byte)Math.Max(0, last.Following - 1));
            return changed || last.Following > 0;
        }
    }

    /// <summary>Measurement and tags: everything before the first space that is not escaped.</summary>
    private static ReadOnlySpan<byte> SeriesOf(ReadOnlySpan<byte> line)
    {
        var from = 0;
        while (line[from..].IndexOf((byte)' ') is var space and >= 0)
        {
            from += space;
            if (from == 0 || line[from - 1] != (byte)'\\')
            {
                return line[..from];
            }

            from++;
        }

        return line;
    }
}

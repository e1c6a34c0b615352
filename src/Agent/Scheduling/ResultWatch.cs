namespace NocMonitor.Agent.Scheduling;

/// <summary>
/// Remembers the last <c>result_code</c> of each series, to tell when one changes. A series seen for the first time has changed when it fails. Bounded:
/// beyond so many series new ones are not watched, and their changes wait for the flush interval. Any thread.
/// </summary>
internal sealed class ResultWatch
{
    private const int MostSeries = 200_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, long> _last = [];

    /// <param name="line">The point's line; its measurement and tags name the series.</param>
    /// <param name="result">Its result code.</param>
    public bool HasChanged(ReadOnlySpan<byte> line, long result)
    {
        var key = StableHash.Of(SeriesOf(line));
        lock (_lock)
        {
            if (_last.TryGetValue(key, out var last))
            {
                _last[key] = result;
                return last != result;
            }

            return _last.Count < MostSeries && _last.TryAdd(key, result) && result != 0;
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

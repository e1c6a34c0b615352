namespace NocMonitor.TimeSeries.InfluxQl.Show;

/// <summary>
/// The names that the one database goes by: its own, and those that clients made since the start, so that they find again what they made. Safe for concurrent use.
/// </summary>
internal sealed class DatabaseNames
{
    public const string Own = "nocmonitor";
    private const int Most = 1_000;
    private const int LongestName = 256;

    private readonly Lock _lock = new();
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal) { Own };

    public IEnumerable<ResultSeries> List()
    {
        lock (_lock)
        {
            return [ResultSeries.OfTexts("databases", ["name"], _names.ToArray())];
        }
    }

    public IEnumerable<ResultSeries> Create(string name)
    {
        if (name.Length is 0 or > LongestName)
        {
            throw new QueryException("invalid name");
        }

        lock (_lock)
        {
            if (_names.Count < Most)
            {
                _names.Add(name);
            }
        }

        return [];
    }
}

namespace NocMonitor.TimeSeries.Index;

/// <summary>An agent or token that writes, with the number of series it brought. The count is guarded by the index's lock.</summary>
internal sealed class Origin(string name)
{
    public string Name { get; } = name;

    public int SeriesCount { get; set; }
}

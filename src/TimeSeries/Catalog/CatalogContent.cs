namespace NocMonitor.TimeSeries.Catalog;

/// <summary>What a catalog on disk held when it was loaded.</summary>
internal sealed class CatalogContent
{
    public HashSet<int> Fields { get; } = [];

    public HashSet<int> Layouts { get; } = [];

    /// <summary>Series by id, with their layouts.</summary>
    public Dictionary<int, int> Series { get; } = [];
}

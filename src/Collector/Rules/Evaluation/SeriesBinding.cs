namespace NocMonitor.Collector.Rules.Evaluation;

/// <summary>A series with the rules that apply to it: found by the series' id, without a search. Made and changed by the binder, read by its shard.</summary>
internal sealed class SeriesBinding(SeriesIdentity identity, FieldMap map, int shard)
{
    /// <summary>For series without rules.</summary>
    public static SeriesBinding None { get; } = new(null!, null!, -1);

    public SeriesIdentity Identity => identity;

    /// <summary>Replaced when the series learns a field; the older one stays right for older batches.</summary>
    public FieldMap Map { get; set; } = map;

    public int Shard => shard;
}

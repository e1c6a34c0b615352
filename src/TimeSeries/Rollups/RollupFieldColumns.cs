using NocMonitor.LineProtocol;

namespace NocMonitor.TimeSeries.Rollups;

/// <summary>The five columns of one field in a block of roll-ups.</summary>
internal readonly struct RollupFieldColumns(SampleBlock day, int first)
{
    private readonly SampleColumn _counts = day.Find(first + RollupColumns.Count)!;
    private readonly SampleColumn _sums = day.Find(first + RollupColumns.Sum)!;
    private readonly SampleColumn _mins = day.Find(first + RollupColumns.Min)!;
    private readonly SampleColumn _maxs = day.Find(first + RollupColumns.Max)!;
    private readonly SampleColumn _lasts = day.Find(first + RollupColumns.Last)!;

    public FieldKind Kind => _mins.Kind;

    public int Rows => _counts.Count;

    public bool IsPresent(int row) => _counts.IsPresent(row);

    public RollupHour At(int row) => new(_counts.Bits[row], _sums.Bits[row], _mins.Bits[row], _maxs.Bits[row], _lasts.Bits[row]);
}

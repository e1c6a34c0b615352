using System.Text;
using NocMonitor.TimeSeries.Index;

namespace NocMonitor.TimeSeries.Tests.Support;

/// <summary>Series outside of any store, all of one set of keys.</summary>
internal sealed class KeyedSeries
{
    private readonly FieldLayout _layout;
    private int _count;

    public KeyedSeries() => _layout = new FieldLayout(0, new Measurement("m", Keys), []);

    public SeriesKeys Keys { get; } = new();

    public Series Add(string canonical, string? sent = null, int? id = null) =>
        new(id ?? _count++, Keys.Add(Encoding.UTF8.GetBytes(sent ?? canonical), Encoding.UTF8.GetBytes(canonical)), _layout, new Origin("test"), 0);

    /// <summary>Lets a series go as the index does.</summary>
    public ForgottenKey Forget(Series series)
    {
        var record = series.KeyRecord;
        Keys.Keep(series);
        series.MarkForgotten();
        return new ForgottenKey(series, record, Keys.Hash(record.Span));
    }
}

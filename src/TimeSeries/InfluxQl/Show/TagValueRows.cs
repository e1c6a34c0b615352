using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Show;

/// <summary>The rows of SHOW TAG VALUES for one measurement: key by key, their values in order.</summary>
internal static class TagValueRows
{
    /// <summary>A page of the rows; null when it is empty. Answers of one key, which are the large ones, copy nothing.</summary>
    public static ResultSeries? Of(string measurement, IEnumerable<(string Key, IReadOnlyList<string> Values)> all, Paging paging)
    {
        var (skip, left) = (paging.Offset, paging.Limit > 0 ? paging.Limit : int.MaxValue);
        var stretches = new List<(IReadOnlyList<string> Keys, IReadOnlyList<string> Values)>();
        foreach (var (key, values) in all)
        {
            var first = Math.Min(skip, values.Count);
            var count = Math.Min(left, values.Count - first);
            (skip, left) = (skip - first, left - count);
            if (count > 0)
            {
                stretches.Add((new RepeatedText(key, count), new TextRange(values, first, count)));
            }
        }

        return stretches.Count switch
        {
            0 => null,
            1 => ResultSeries.OfTexts(measurement, ["key", "value"], stretches[0].Keys, stretches[0].Values),
            _ => ResultSeries.OfTexts(measurement, ["key", "value"], stretches.SelectMany(each => each.Keys), stretches.SelectMany(each => each.Values)),
        };
    }
}

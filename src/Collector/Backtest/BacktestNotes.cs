using System.Globalization;
using NocMonitor.Configuration;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Backtest;

/// <summary>What an operator has to know before figures are believed: that there was nothing to replay, or less than was asked for. Reads the index only.</summary>
internal sealed class BacktestNotes(TimeSeriesStore store)
{
    /// <summary>A history that begins a little late is not worth a word: samples come in intervals.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    /// <param name="first">The time of the first sample that was judged, in nanoseconds since 1970; <see cref="long.MaxValue"/>: there was none.</param>
    public IReadOnlyList<string> Of(BacktestPlan plan, int series, long first, DateTimeOffset from)
    {
        var notes = new List<string>(plan.Notes);
        var measurement = plan.Current.Rule.Options.Measurement;
        if (series == 0)
        {
            notes.Add($"the store has no series of {measurement} that the rule applies to");
        }
        else if (first == long.MaxValue)
        {
            notes.Add($"the store has no samples of {measurement} from that time");
        }
        else if (UnixNanoseconds.ToTime(first) is var begin && begin - from > Slack)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"the samples begin at {begin:yyyy-MM-dd HH:mm} UTC; nothing is known of the time before"));
        }

        return [.. notes, .. UnknownFields(plan)];
    }

    /// <summary>A mistyped field is known to nobody, so its condition never holds. Those of the rule as it is may be what only some devices report.</summary>
    private IEnumerable<string> UnknownFields(BacktestPlan plan)
    {
        if (plan.Changed is not { } changed)
        {
            return [];
        }

        var measurement = changed.Rule.Options.Measurement;
        var known = store.Index.Find(measurement).SelectMany(series => series.Fields).Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        return changed.Fields.Except(plan.Current.Fields).Where(field => !known.Contains(field))
            .Select(field => $"no series of {measurement} has a field {field}{Suggestion.For(field, known)}; a condition on it never holds");
    }
}

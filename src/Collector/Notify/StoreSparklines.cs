using NocMonitor.Collector.Rules.Evaluation;
using NocMonitor.Collector.Rules.Language;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Notify;

/// <summary>Draws the last hour of the field that a rule's condition looks at first, minute by minute, from the store. Safe for concurrent use.</summary>
internal sealed partial class StoreSparklines(TimeSeriesStore store, RuleEngine rules, TimeProvider time, ILogger<StoreSparklines> log) : ISparklineSource
{
    private const int Columns = 60;
    private static readonly TimeSpan Span = TimeSpan.FromHours(1);

    public string Draw(string rule, string series)
    {
        try
        {
            return FieldOf(rule) is { } field && Find(series) is { } found && found.FindField(field) is var index and >= 0 && found.Fields[index].Kind != FieldKind.String
                ? $"{Sparkline.Draw(Read(found, index))} ({field})"
                : "";
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or FormatException)
        {
            // A page without a drawing is still a page.
            LogFailed(series, exception.Message);
            return "";
        }
    }

    private string? FieldOf(string rule)
    {
        var common = rules.Rules.Find(rule)?.Common;
        return (common?.Critical ?? common?.Warning) is { } condition ? FirstField(condition.Syntax) : null;
    }

    private static string? FirstField(Syntax syntax) => syntax switch
    {
        FieldSyntax field => field.Name,
        CallSyntax call => call.Arguments.Select(FirstField).FirstOrDefault(name => name is not null),
        UnarySyntax unary => FirstField(unary.Operand),
        BinarySyntax binary => FirstField(binary.Left) ?? FirstField(binary.Right),
        _ => null,
    };

    /// <summary>An alert's series lacks the tags that carry state, so it may stand for several; the first is drawn.</summary>
    private Series? Find(string series)
    {
        var key = SeriesKey.Parse(System.Text.Encoding.UTF8.GetBytes(series));
        return store.Index.Find(key.Measurement, [.. key.Tags.Select(tag => TagMatcher.Equal(tag.Key, tag.Value))]) is [var first, ..] ? first : null;
    }

    private double[] Read(Series series, int field)
    {
        var to = UnixNanoseconds.From(time.GetUtcNow()) + 1;
        var from = to - UnixNanoseconds.From(Span);
        var (sums, counts) = (new double[Columns], new int[Columns]);
        using var reader = store.OpenReader();
        reader.Seek(series, from, to, [field]);
        while (reader.Read())
        {
            for (var row = 0; row < reader.Block.Count; row++)
            {
                if (reader.Block.Find(field) is { } column && reader.Block.Value(column, row) is { } value)
                {
                    var at = (int)((reader.Block.Times[row] - from) * Columns / (to - from));
                    sums[at] += value.AsDouble();
                    counts[at]++;
                }
            }
        }

        return [.. sums.Zip(counts, (sum, count) => count > 0 ? sum / count : double.NaN)];
    }

    [LoggerMessage(4021, LogLevel.Warning, "The last hour of {Series} cannot be drawn: {Reason}")]
    private partial void LogFailed(string series, string reason);
}

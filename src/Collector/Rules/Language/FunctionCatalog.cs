using NocMonitor.Collector.Rules.Windows;

namespace NocMonitor.Collector.Rules.Language;

/// <summary>The one list of functions. A new function is an entry here and a case in its test.</summary>
internal static class FunctionCatalog
{
    private const long DefaultTrendWindow = 6 * 3_600_000_000_000;

    public static IReadOnlyList<ConditionFunction> All { get; } =
    [
        Level("avg(field, window)", "Mean of the samples in the window.", window => window.Average()),
        Level("min(field, window)", "Smallest sample in the window.", window => window.Minimum()),
        Level("max(field, window)", "Largest sample in the window.", window => window.Maximum()),
        Level("sum(field, window)", "Sum of the samples in the window.", window => window.Sum()),
        Level("count(field, window)", "Number of samples in the window that carry the field.", window => window.Samples()),
        Level("stddev(field, window)", "Standard deviation of the samples in the window.", window => window.Deviation()),
        Level("delta(field, window)", "Newest sample minus the oldest in the window; for levels, not for counters.", window => window.Delta()),
        new("quantile(field, share, window)", "The quantile, with share from 0 to 1: 0.5 is the median.", (3, 3), Quantile),
        Counter("rate(field, window)", "Growth of a counter a second; resets and wraps taken out.", window => window.Rate()),
        Counter("increase(field, window)", "Growth of a counter over the window; resets and wraps taken out.", window => window.Increase()),
        new("changes(field, window)", "How often the value changed in the window; texts and booleans too.", (2, 2), Changes),
        new("forecast(field, window, ahead)", "The value expected after the time ahead, by the trend over the window.", (3, 3), Forecast),
        new("hours_until(field, limit, window = 6h)", "Hours until the field meets the limit, by the trend over the window; 0 when it is there, endless when it never will.",
            (2, 3), HoursUntil) { Counts = "hours" },
        new("baseline(field, deviations = 0)", "Mean of the same hour of the week over the 3 to 8 weeks before, moved by so many standard deviations; unknown with less history.",
            (1, 2), Baseline),
        new("first(field, other)", "The first of two to eight numbers that is known: a field that may be absent, and what counts in its place.", (2, 8), First),
        new("has(field)", "Whether the sample has the field; never unknown.", (1, 1), static call => call.Presence(0)) { IsClaim = true },
        new("age(field)", "Seconds from the Unix time that the field holds (in s, ms, us or ns) to the sample; negative for a time to come.", (1, 1), Age),
    ];

    public static ConditionFunction? Find(string name) =>
        All.FirstOrDefault(function => string.Equals(function.Name, name, StringComparison.OrdinalIgnoreCase));

    private static ConditionFunction Level(string signature, string help, Func<LevelWindow, double> read) =>
        new(signature, help, (2, 2), call => call.Window(0, WindowKind.Levels, call.Duration(1), (LevelWindow window, ConditionFrame _) => read(window)));

    private static ConditionFunction Counter(string signature, string help, Func<CounterWindow, double> read) =>
        new(signature, help, (2, 2), call => call.Window(0, WindowKind.Counter, call.Duration(1), (CounterWindow window, ConditionFrame _) => read(window)));

    private static Node? Quantile(FunctionCall call)
    {
        var share = call.Number(1);
        if (share is < 0 or > 1)
        {
            return call.Fail(1, "the share goes from 0 to 1");
        }

        return call.Window(0, WindowKind.Levels, call.Duration(2), (LevelWindow window, ConditionFrame _) => window.Quantile(share));
    }

    private static Node? Changes(FunctionCall call) =>
        call.Window(0, WindowKind.Changes, call.Duration(1), (ChangeWindow window, ConditionFrame _) => window.Changes());

    private static Node? Forecast(FunctionCall call)
    {
        var (length, ahead) = (call.Duration(1), call.Duration(2) / 1e9);
        return call.Window(0, WindowKind.Levels, length, (LevelWindow window, ConditionFrame _) => Trend.Forecast(window, length, ahead));
    }

    private static Node? HoursUntil(FunctionCall call)
    {
        var limit = call.Number(1);
        var length = call.Count == 3 ? call.Duration(2) : DefaultTrendWindow;
        return call.Window(0, WindowKind.Levels, length, (LevelWindow window, ConditionFrame _) => Trend.HoursUntil(window, length, limit));
    }

    private static Node? Baseline(FunctionCall call)
    {
        var deviations = call.Count == 2 ? call.Number(1) : 0;
        return call.Window(0, WindowKind.Baseline, 0, (BaselineWindow window, ConditionFrame _) => window.Band(deviations));
    }

    private static Node? First(FunctionCall call)
    {
        Node?[] choices = [.. Enumerable.Range(0, call.Count).Select(call.Expression)];
        return Array.TrueForAll(choices, choice => choice is not null) ? new FirstKnownNode([.. choices.OfType<Node>()]) : null;
    }

    private static Node? Age(FunctionCall call) => call.Sample(0, static (value, time) => (time / 1e9) - UnixSeconds(value));

    /// <summary>The unit of a Unix time by its size: seconds stay below 10^11 until the year 5138, milliseconds below 10^14 and so on.</summary>
    private static double UnixSeconds(double value) => Math.Abs(value) switch
    {
        < 1e11 => value,
        < 1e14 => value / 1e3,
        < 1e17 => value / 1e6,
        _ => value / 1e9,
    };
}

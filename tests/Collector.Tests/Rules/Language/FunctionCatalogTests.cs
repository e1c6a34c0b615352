using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Rules.Language;
using NocMonitor.Collector.Rules.Windows;

namespace NocMonitor.Collector.Tests.Rules.Language;

public class FunctionCatalogTests
{
    private const long Minute = ConditionSample.Minute;

    [TestCase("avg(x, 5m) > 0", 6.0)]
    [TestCase("min(x, 5m) > 0", 4.0)]
    [TestCase("max(x, 5m) > 0", 8.0)]
    [TestCase("sum(x, 5m) > 0", 30.0)]
    [TestCase("count(x, 5m) > 0", 5.0)]
    [TestCase("delta(x, 5m) > 0", 4.0)]
    [TestCase("quantile(x, 0.5, 5m) > 0", 6.0)]
    [TestCase("quantile(x, 0.9, 5m) > 0", 7.6)]
    [TestCase("quantile(x, 0, 5m) > 0", 4.0)]
    [TestCase("quantile(x, 1, 5m) > 0", 8.0)]
    [TestCase("stddev(x, 5m) > 0", 1.4142135623730951)]
    [TestCase("increase(x, 5m) > 0", 5.0)]
    [TestCase("rate(x, 5m) > 0", 5.0 / 300)]
    [TestCase("changes(x, 5m) > 0", 5.0)]
    [TestCase("forecast(x, 8m, 10m) > 0", 18.0)]
    [TestCase("hours_until(x, 68, 8m) > 0", 1.0)]
    [TestCase("hours_until(x, 7, 8m) > 0", 0.0)]
    [TestCase("hours_until(x, 0, 8m) > 0", double.PositiveInfinity)]
    public void A_function_of_a_series_that_grows_by_one_a_minute(string condition, double expected)
    {
        var sample = new ConditionSample(condition);
        for (var i = 0; i <= 8; i++)
        {
            sample.Feed(i * Minute, ("x", i));
        }

        Assert.That(sample.Observed, Is.EqualTo(expected).Within(1e-9));
    }

    [TestCase("rate(x, 5m) > 0")]
    [TestCase("increase(x, 5m) > 0")]
    [TestCase("delta(x, 5m) > 0")]
    [TestCase("stddev(x, 5m) > 0")]
    [TestCase("forecast(x, 1h, 1h) > 0")]
    [TestCase("hours_until(x, 100) > 0")]
    [TestCase("baseline(x) > 0")]
    public void One_sample_is_not_enough_for_a_function_of_two(string condition)
    {
        Assert.That(new ConditionSample(condition).Feed(0, ("x", 5)).Truth, Is.EqualTo(Truth.Unknown));
    }

    [Test]
    public void Every_function_of_the_catalog_compiles_as_its_signature_says()
    {
        foreach (var function in FunctionCatalog.All)
        {
            var call = function.Signature
                .Replace("field", "x", StringComparison.Ordinal).Replace("share", "0.5", StringComparison.Ordinal)
                .Replace("window = 6h", "6h", StringComparison.Ordinal).Replace("deviations = 0", "0", StringComparison.Ordinal)
                .Replace("window", "5m", StringComparison.Ordinal).Replace("ahead", "1h", StringComparison.Ordinal).Replace("limit", "100", StringComparison.Ordinal);

            Assert.That(Condition.Compile($"{call} > 0", new FieldSlots(), out var error), Is.Not.Null, $"{call}: {error?.Message}");
        }
    }

    [TestCase("value > first(limit, 60)", 65.0, null, "True", 60.0)]
    [TestCase("value > first(limit, 60)", 65.0, 70.0, "False", 70.0)]
    [TestCase("value > first(limit - 10, 50)", 65.0, 70.0, "True", 60.0)]
    [TestCase("value > limit", 65.0, null, "Unknown", double.NaN)]
    [TestCase("has(limit) and value > limit", 65.0, null, "False", double.NaN)]
    [TestCase("has(limit) and value > limit", 65.0, 60.0, "True", 60.0)]
    [TestCase("not has(limit) and value > 60", 65.0, null, "True", 60.0)]
    public void A_limit_that_stands_in_the_sample_counts_where_it_does(string text, double value, double? limit, string expected, double threshold)
    {
        var sample = new ConditionSample(text);

        sample.Feed(0, limit is { } there ? [("value", value), ("limit", there)] : [("value", value)]);

        Assert.That((sample.Truth.ToString(), sample.Condition.ObserveLimit(sample.Frame)), Is.EqualTo((expected, threshold)));
    }

    [Test]
    public void A_text_field_is_there_too()
    {
        Assert.That(new ConditionSample("has(state)").Feed(0, ("state", "up")).Truth, Is.EqualTo(Truth.True));
    }

    [TestCase(1_767_000_000L)]
    [TestCase(1_767_000_000_000L)]
    [TestCase(1_767_000_000_000_000L)]
    [TestCase(1_767_000_000_000_000_000L)]
    public void Age_reads_a_time_in_seconds_milliseconds_microseconds_or_nanoseconds(long written)
    {
        var sample = new ConditionSample("age(x) > 0").Feed(1_767_003_600 * ConditionSample.Second - ConditionSample.Start, ("x", written));

        Assert.That(sample.Observed, Is.EqualTo(3600).Within(0.01));
    }

    [Test]
    public void Changes_counts_changes_of_a_boolean_too()
    {
        var sample = new ConditionSample("changes(up, 10m) > 3");
        foreach (var i in Enumerable.Range(0, 5))
        {
            sample.Feed(i * Minute, ("up", i % 2 == 0));
        }

        Assert.That((sample.Observed, sample.Truth), Is.EqualTo((4.0, Truth.True)));
    }

    [Test]
    public void Baseline_gives_the_band_of_the_weeks_before()
    {
        var sample = new ConditionSample("x > baseline(x, 3)").Feed(0, ("x", 100));
        var window = (BaselineWindow)sample.Windows[0];

        var before = sample.Truth;
        window.Load(ConditionSample.Start, [50, 60, 70]);

        Assert.That(before, Is.EqualTo(Truth.Unknown));
        Assert.That(window.Band(0), Is.EqualTo(60));
        Assert.That(window.Band(1), Is.EqualTo(60 + Math.Sqrt(200.0 / 3)).Within(1e-9));
        Assert.That(sample.Truth, Is.EqualTo(Truth.True));
    }
}

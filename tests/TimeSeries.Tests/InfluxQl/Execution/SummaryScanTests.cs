using System.Globalization;
using System.Text;
using NocMonitor.TimeSeries.InfluxQl;
using NocMonitor.TimeSeries.Tests.Support;

namespace NocMonitor.TimeSeries.Tests.InfluxQl.Execution;

/// <summary>The same query with and without roll-ups over two days of three series, sealed up to the last hour.</summary>
public class SummaryScanTests
{
    private const long Second = 1_000_000_000;
    private const long Days = 172_800;

    private static readonly string[] Queries =
    [
        "select count(v), sum(i), mean(v), min(v), max(v), spread(i), last(i) from m where host = 'a' and time >= {0}s and time < {1}s group by time(1h)",
        "select mean(v), max(i) from m where time >= {0}s and time < {1}s group by time(6h), host",
        "select mean(v) from m where time >= {0}s + 17m and time <= {1}s - 13m group by host",
        "select sum(v), count(i), min(v), max(v) from m where time >= {0}s + 1h",
        "select last(v), last(i) from m where time >= {0}s and time < {1}s group by time(1d), host fill(previous)",
        "select count(v) from m",
        "select derivative(mean(v), 1h) from m where time >= {0}s and time < {1}s group by time(2h), host",
        "select mean(v) from m where time >= {0}s and time < {1}s group by time(1d, 3h) order by time desc",
        "select sum(i) + sum(v) from m where time >= {0}s and time < {1}s group by time(1d) tz('Asia/Kolkata')",
        "select mean(v) from m where time >= {0}s and time < {1}s group by time(1d) tz('Europe/Berlin')",
    ];

    private StoreStage _stage = null!;

    [SetUp]
    public async Task FillAsync()
    {
        _stage = new StoreStage(options => options with { Retention = TimeSpan.FromDays(365) });
        var random = new Random(11);
        var lines = new StringBuilder();
        for (long time = -Days; time < 0; time += 60)
        {
            foreach (var host in "abc")
            {
                // One host is silent now and then, and a value is left out here and there.
                if (host != 'c' || time / 7200 % 3 != 0)
                {
                    lines.Append(At(time, host, random.Next(10) == 0 ? $"i={random.Next(1000)}i" : Invariant($"v={random.Next(10_000) / 100.0},i={random.Next(1000)}i")));
                }
            }
        }

        await WriteAsync(lines.ToString());

        _stage.Store.Compact();
    }

    [TearDown]
    public async Task CloseAsync() => await _stage.DisposeAsync();

    [TestCaseSource(nameof(Queries))]
    public void Sealed_hours_answer_as_their_samples_do(string query) => AreAlike(query);

    [TestCaseSource(nameof(Queries))]
    public async Task Late_samples_count_before_and_after_they_are_sealed(string query)
    {
        await WriteAsync(At(-90_000, 'a', "v=1000.5,i=7i") + At(-90_001, 'b', "i=5000i") + At(-400_000, 'a', "v=3"));
        AreAlike(query);

        await _stage.ReopenAsync();
        AreAlike(query);

        _stage.Store.Compact();
        AreAlike(query);
    }

    [TestCaseSource(nameof(Queries))]
    public void Deleted_samples_do_not_count(string query)
    {
        _stage.Store.Delete([.. _stage.Store.Index.Find("m", TagMatcher.Equal("host", "a"))], StoreStage.Start - (100_000 * Second), StoreStage.Start - (80_500 * Second), drop: false);

        AreAlike(query);
    }

    [Test]
    public void Roll_ups_answer_where_samples_are_gone()
    {
        var before = Ask(Query(Queries[0]), usesRollups: false);

        _stage.Time.Advance(TimeSpan.FromDays(370));
        _stage.Store.Compact();

        Assert.That(Ask(Query(Queries[0]), usesRollups: false), Is.Empty);
        Assert.That(Ask(Query(Queries[0]), usesRollups: true), Is.EqualTo(before));
    }

    [Test]
    public async Task Whole_numbers_beyond_53_bits_are_summed_exactly()
    {
        await WriteAsync(At(-7000, 'a', "big=9007199254740993i") + At(-6990, 'a', "big=2i"));
        _stage.Store.Compact();

        Assert.That(Ask(Query("select sum(big) from m where time >= {0}s and time < {1}s"), usesRollups: true), Does.Contain("9007199254740995"));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string At(long seconds, char host, string fields) => StoreStage.At(seconds, fields, $"m,host={host}");

    private static string Query(string pattern)
    {
        var end = StoreStage.Start / Second;
        return string.Format(CultureInfo.InvariantCulture, pattern, end - Days, end);
    }

    private async Task WriteAsync(string lines) => Assert.That(await _stage.WriteAsync(lines), Is.Empty);

    private void AreAlike(string pattern)
    {
        var expected = Ask(Query(pattern), usesRollups: false);

        Assert.That(expected, Is.Not.Empty);
        Assert.That(Ask(Query(pattern), usesRollups: true), Is.EqualTo(expected));
    }

    /// <summary>Decimals to twelve digits: roll-ups add decimals as decimals, samples one after the other.</summary>
    private string Ask(string query, bool usesRollups)
    {
        var engine = new QueryEngine(_stage.Store, new StoreOptions { Folder = _stage.Folder }, _stage.Time, new QueryLimits { Parallelism = 2, UsesRollups = usesRollups });
        var series = QueryEngine.Parse(query, QueryParameters.None).SelectMany(statement => engine.Run(statement, "db", CancellationToken.None));
        return string.Join('\n', series.SelectMany(each => Enumerable.Range(0, each.RowCount)
            .Select(row => $"{string.Join(',', each.Tags)} {string.Join(' ', each.Values.Select(column => Text(column[row])))}")));
    }

    private static string Text(Value value) => value.Type switch
    {
        TimeSeries.InfluxQl.ValueType.Float => value.Float.ToString("G12", CultureInfo.InvariantCulture),
        TimeSeries.InfluxQl.ValueType.None => "-",
        TimeSeries.InfluxQl.ValueType.Boolean => value.Boolean.ToString(),
        _ => value.Integer.ToString(CultureInfo.InvariantCulture),
    };
}

using System.Text.Json.Nodes;
using NocMonitor.TimeSeries.InfluxQl;

namespace NocMonitor.TimeSeries.Tests.InfluxQl;

public class QueryEngineTests
{
    private const string Lines =
        "m,host=a v=1,i=1i,s=\"x\",b=true 1000000000\nm,host=b v=2,i=2i,s=\"y\",b=false 2000000000\nm,host=a v=3,i=5i,s=\"z\" 3000000000\nn,host=a v=5i,w=2 3000000000\n";

    private QueryStage _stage = null!;

    [SetUp]
    public async Task WriteAsync()
    {
        _stage = new QueryStage();
        await _stage.WriteAsync(Lines);
    }

    [TearDown]
    public async Task CloseAsync() => await _stage.DisposeAsync();

    [TestCase("select max(b) from m", """[["1970-01-01T00:00:01Z",true]]""")]
    [TestCase("select first(s), last(b) from m", """[["1970-01-01T00:00:00Z","x",false]]""")]
    [TestCase("select v::integer, s::float, i::float from m limit 1", """[["1970-01-01T00:00:01Z",1,null,1]]""")]
    [TestCase("select v, nothing from m limit 1", """[["1970-01-01T00:00:01Z",1,null]]""")]
    [TestCase("select v / 0 from m limit 1", """[["1970-01-01T00:00:01Z",0]]""")]
    [TestCase("select i & 1, i % 2, i / 2 from m limit 1", """[["1970-01-01T00:00:01Z",1,1,0.5]]""")]
    [TestCase("select mean(v) from m where time >= 0 and time < 4s group by time(1s) order by time desc limit 2", """[["1970-01-01T00:00:03Z",3],["1970-01-01T00:00:02Z",2]]""")]
    [TestCase("select v from m where host =~ /a/ or v > 1 limit 1 offset 1", """[["1970-01-01T00:00:02Z",2]]""")]
    [TestCase("select mode(s), spread(i), median(v) from m", """[["1970-01-01T00:00:00Z","x",4,2]]""")]
    [TestCase("select exponential_moving_average(v, 2) from m", """[["1970-01-01T00:00:02Z",1.6666666666666665],["1970-01-01T00:00:03Z",2.5555555555555554]]""")]
    [TestCase("select count(v) from m where time >= 0 and time < 3s group by time(1s)", """[["1970-01-01T00:00:00Z",0],["1970-01-01T00:00:01Z",1],["1970-01-01T00:00:02Z",1]]""")]
    [TestCase("select last(v) from m where time < '1970-01-01T01:00:03+01:00' tz('Europe/Paris')", """[["1970-01-01T01:00:02+01:00",2]]""")]
    [TestCase("select v from m where i / 2 = 2", """[["1970-01-01T00:00:03Z",3]]""")]
    [TestCase("select count(v) from m where i / 2 != 2.5", """[["1970-01-01T00:00:00Z",3]]""")]
    [TestCase("select stddev(v), count(v) from m where time >= 1s and time < 3s group by time(1s) fill(7)", """[["1970-01-01T00:00:01Z",null,1],["1970-01-01T00:00:02Z",null,1]]""")]
    [TestCase("select mean(v), max(nothing), mean(nothing), count(nothing) from m where time >= 3s and time < 5s group by time(1s) fill(7.5)",
        """[["1970-01-01T00:00:03Z",3,null,7.5,7],["1970-01-01T00:00:04Z",7.5,null,7.5,7]]""")]
    [TestCase("select last(v), i, s from m where time >= 3s and time < 5s group by time(1s) fill(9)", """[["1970-01-01T00:00:03Z",3,5,"z"],["1970-01-01T00:00:04Z",9,9,null]]""")]
    [TestCase("select last(v), i, s from m where time >= 3s and time < 5s group by time(1s) fill(previous)", """[["1970-01-01T00:00:03Z",3,5,"z"],["1970-01-01T00:00:04Z",3,5,"z"]]""")]
    [TestCase("select exponential_moving_average(sum(v), 2) from m where time >= 2s and time < 4s group by time(1s)", """[["1970-01-01T00:00:02Z",1.6666666666666665],["1970-01-01T00:00:03Z",2.5555555555555554]]""")]
    [TestCase("select difference(sum(x)) from (select v as x from m) where time >= 2s and time < 4s group by time(1s)", """[["1970-01-01T00:00:02Z",1],["1970-01-01T00:00:03Z",1]]""")]
    [TestCase("select max(x) from (select sum(v) as x from m group by host) where time >= 2500ms and time < 4s group by time(1s)", """[["1970-01-01T00:00:02Z",null],["1970-01-01T00:00:03Z",3]]""")]
    [TestCase("select max(x) from (select sum(v) as x from m) where time >= 500ms and time < 3s group by time(2s)", """[["1970-01-01T00:00:00Z",1],["1970-01-01T00:00:02Z",2]]""")]
    [TestCase("select *::tag, v from (select host, v from m) limit 1", """[["1970-01-01T00:00:01Z","a",1]]""")]
    [TestCase("select *::field from (select host, v from m) limit 1", """[["1970-01-01T00:00:01Z",1]]""")]
    [TestCase("select last(*) from (select host, v from m)", """[["1970-01-01T00:00:03Z",3]]""")]
    [TestCase("select * from n group by /^x/", """[["1970-01-01T00:00:03Z",5,2]]""")]
    public void A_select_gives_its_rows(string query, string expected) => Assert.That(JsonNode.DeepEquals(Series(query)!["values"], JsonNode.Parse(expected)), Is.True);

    [TestCase("select mean(s) from m", "unsupported mean iterator type: *query.stringInterruptIterator")]
    [TestCase("select holt_winters(mean(v), 1, 1441) from m where time >= 1s and time < 4s group by time(1s)", "holt_winters is limited to seasons of 1440 windows")]
    [TestCase("select ceil(2) from m", "field must contain at least one variable")]
    [TestCase("select v + s from m", "type error: v::float + s::string: incompatible types: float and string")]
    [TestCase("select mean(v), v from m", "mixing aggregate and non-aggregate queries is not supported")]
    [TestCase("select derivative(mean(v)) from m", "derivative aggregate requires a GROUP BY interval")]
    [TestCase("select v from m where time > true", "invalid operation: time and *influxql.BooleanLiteral are not compatible")]
    [TestCase("select v into x from m", "SELECT INTO is not supported")]
    [TestCase("select v from m where v > $x", "missing parameter: x")]
    [TestCase("show series where v > 0", "invalid tag comparison operator")]
    [TestCase("delete from m where v > 0", "fields not supported in WHERE clause during deletion")]
    [TestCase("drop series from m where time > 0", "DROP SERIES doesn't support time in WHERE clause")]
    [TestCase("drop database x", "DROP DATABASE is not supported")]
    public void What_cannot_be_answered_is_refused_with_words(string query, string expected) =>
        Assert.That(_stage.Ask(query)["results"]![0]!["error"]!.GetValue<string>(), Is.EqualTo(expected));

    [Test]
    public async Task Whole_numbers_on_a_line_are_filled_in_exactly()
    {
        await _stage.WriteAsync("line i=-6i 1740000000000\nline i=8i 1920000000000\n");

        var rows = Series("select last(i) from line where time >= 1740s and time < 1980s group by time(90s, 30s) fill(linear)")!["values"]!.AsArray();

        Assert.That(rows.Select(row => row![1]?.GetValue<long>()), Is.EqualTo(new long?[] { -6, 1, 8 }));
    }

    [Test]
    public async Task A_mean_of_huge_whole_numbers_lies_between_them()
    {
        await _stage.WriteAsync("huge i=9223372036854775807i 1000000000\nhuge i=9223372036854775805i 2000000000\nhuge i=-1i 3000000000\n");

        Assert.That(Series("select mean(i) from huge where time < 3s")!["values"]![0]![1]!.GetValue<double>(), Is.EqualTo(9223372036854775806.0));
        Assert.That(Series("select mean(i) from huge")!["values"]![0]![1]!.GetValue<double>(), Is.EqualTo(6148914691236517203.7).Within(1e3));
    }

    [Test]
    public async Task Series_are_listed_by_their_names_not_by_how_they_are_written()
    {
        await _stage.WriteAsync("p,host=h1 v=1 1\np,host=h\\ 3 v=1 1\n");

        Assert.That(Series("show series from p")!["values"]!.AsArray().Select(row => row![0]!.GetValue<string>()), Is.EqualTo(new[] { @"p,host=h\ 3", "p,host=h1" }));
    }

    [Test]
    public void Without_a_database_there_is_no_answer()
    {
        Assert.That(_stage.Ask("select v from m", "")["results"]![0]!["error"]!.GetValue<string>(), Is.EqualTo("database name required"));
        Assert.That(_stage.Ask("select v from d..m", "")["results"]![0]!["series"], Is.Not.Null);
    }

    [Test]
    public void Deleted_samples_are_gone_and_dropped_series_are_unknown()
    {
        _stage.Ask("delete from m where host = 'a' and time < 2s");
        Assert.That(Series("select count(v) from m")!["values"]![0]![1]!.GetValue<long>(), Is.EqualTo(2));

        _stage.Ask("drop series from m where host = 'b'");
        Assert.That(Series("show series from m")!["values"]!.ToJsonString(), Is.EqualTo("""[["m,host=a"]]"""));

        _stage.Ask("drop measurement m");
        Assert.That(Series("show measurements")!["values"]!.ToJsonString(), Is.EqualTo("""[["n"]]"""));
        Assert.That(Series("select v from m"), Is.Null);
    }

    [Test]
    public async Task Limits_of_rows_series_and_windows_hold()
    {
        await using var small = new QueryStage(new QueryLimits { MaxRows = 2, MaxSeries = 1, MaxBuckets = 10 });
        await small.WriteAsync(Lines);

        Assert.That(ErrorOf(small, "select v from m"), Is.EqualTo("max-select-series limit exceeded: (2/1)"));
        Assert.That(ErrorOf(small, "select mean(v) from n where time >= 0 and time < 20s group by time(1s)"), Is.EqualTo("max-select-buckets limit exceeded: (20/10)"));
        await small.WriteAsync("k v=1 1000000000\nk v=1 2000000000\nk v=1 3000000000");
        Assert.That(ErrorOf(small, "select v from k"), Is.EqualTo("max-row-limit exceeded: (3/2)"));
        Assert.That(ErrorOf(small, "select median(v) from k"), Is.EqualTo("max-row-limit exceeded: (3/2)"));
    }

    [TestCase("select count(v), sum(v), mean(v), min(v), max(v), spread(v), median(v), stddev(v) from p")]
    [TestCase("select sum(v), max(v) from p where time >= 0 and time < 600s group by time(1m)")]
    [TestCase("select max(v), host from p")]
    [TestCase("select first(s), last(s) from p")]
    [TestCase("select last(s), host from p where v < 300")]
    [TestCase("select first(v), host from p")]
    [TestCase("select last(v) from p group by host")]
    [TestCase("select distinct(s) from p")]
    [TestCase("select top(v, host, 3) from p")]
    [TestCase("select percentile(v, 90), s from p where time >= 0 and time < 600s group by time(3m)")]
    public async Task Many_threads_answer_like_one(string query)
    {
        var lines = string.Concat(Enumerable.Range(0, 400).Select(i => $"p,host=h{i % 23} v={i * 7 % 401}{(i % 3 > 0 ? $",s=\"t{i % 13}\"" : "")} {i}500000000\n"));
        await using var one = new QueryStage(new QueryLimits { Parallelism = 1 });
        await using var many = new QueryStage(new QueryLimits { Parallelism = 4 });
        await one.WriteAsync(lines);
        await many.WriteAsync(lines);

        var expected = one.Ask(query);

        Assert.That(expected["results"]![0]!["series"], Is.Not.Null, () => expected.ToJsonString());
        Assert.That(many.Ask(query).ToJsonString(), Is.EqualTo(expected.ToJsonString()));
    }

    [Test]
    public void A_cancelled_query_ends()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.That(() => _stage.Run("select mean(v) from m group by host", cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private static string? ErrorOf(QueryStage stage, string query) => stage.Ask(query)["results"]![0]!["error"]?.GetValue<string>();

    private JsonNode? Series(string query)
    {
        var result = _stage.Ask(query)["results"]![0]!;
        Assert.That(result["error"], Is.Null, () => result.ToJsonString());
        return result["series"]?[0];
    }
}

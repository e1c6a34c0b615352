using System.Globalization;
using System.Text;
using NocMonitor.Collector.Ingest.RemoteWrite;

namespace NocMonitor.Collector.Tests.Ingest.RemoteWrite;

public class RemoteWriteSourceTests
{
    private static readonly long Now = SourceStage.Start.ToUnixTimeMilliseconds();

    /// <summary>Names and values of labels with everything that has a meaning somewhere on the way.</summary>
    private static readonly string[] Texts =
        ["a", "b", "instance", "x1", "web01:9100", "v", "a b", "1,b=2", "=", ",", "\\", "x\\", "p\\,q", "t\tb", "ä€😀", "\u007f", "#x", "__name__", "value", new string('l', 130), new string('m', 300), ""];

    private SourceStage _stage = null!;

    [SetUp]
    public void Open() => _stage = new SourceStage();

    [TearDown]
    public async Task CloseAsync() => await _stage.DisposeAsync();

    /// <summary>The same samples, once as they are sent and once as lines that the test writes by the rules of the page of the format, into two stores, must give the same rows.</summary>
    [Test]
    public async Task Whatever_comes_gives_the_rows_that_its_lines_give([Range(1, 12)] int seed)
    {
        await using var reference = new SourceStage(linesPerCommit: 7);
        var random = new Random(seed);
        var known = Enumerable.Range(0, 30).Select(_ => RandomLabels(random)).ToList();
        for (var round = 0; round < 40; round++)
        {
            var (request, lines) = RandomRequest(random, known);

            var direct = await _stage.WriteAsync(request.Message());
            var byLines = await reference.WriteAsync(lines);

            Assert.That(direct!.Value.Rows, Is.EqualTo(byLines!.Value.Rows), $"round {round}");
            Assert.That(direct.Value.Rejected, Is.EqualTo(byLines.Value.Rejected), $"round {round}");
            if (random.Next(8) == 0 && known[random.Next(known.Count)][1] is { Length: > 0 } measurement)
            {
                _stage.Drop(measurement);
                reference.Drop(measurement);
            }

            if (random.Next(10) == 0)
            {
                await _stage.SettleAsync();
                await reference.SettleAsync();
            }
        }
    }

    [Test]
    public async Task Series_that_are_known_need_no_lines()
    {
        var request = Fleet(50, shift: 0);
        await _stage.WriteAsync(request.Message());
        var first = _stage.BytesOfLines;

        var again = await _stage.WriteAsync(Fleet(50, shift: 1).Message());

        Assert.That(again!.Value.Rows, Has.Count.EqualTo(100));
        Assert.That((first > 0, _stage.BytesOfLines), Is.EqualTo((true, 0)));
    }

    [Test]
    public async Task Series_in_another_order_are_found_too()
    {
        await _stage.WriteAsync(Fleet(50, shift: 0).Message());
        await _stage.WriteAsync(Fleet(50, shift: 1).Message());
        var request = new WriteRequest();
        for (var i = 49; i >= 0; i -= 2)
        {
            request.Series(["__name__", $"m{i % 5}", "host", $"h{i}"], (i, Now));
        }

        var rows = (await _stage.WriteAsync(request.Message()))!.Value.Rows;

        Assert.That(rows.Select(row => row.Split(' ')[0]), Is.EqualTo(Enumerable.Range(0, 25).Select(i => $"m{(49 - (2 * i)) % 5},host=h{49 - (2 * i)}")));
        Assert.That(_stage.BytesOfLines, Is.Zero);
    }

    [Test]
    public async Task A_series_that_was_forgotten_comes_back_as_a_new_one()
    {
        var request = Fleet(5, shift: 0).Message();
        await _stage.WriteAsync(request);
        await _stage.WriteAsync(request);
        var gone = _stage.Store.Index.Find("m3")[0];
        _stage.Drop("m3");
        await _stage.SettleAsync();

        var rows = (await _stage.WriteAsync(request))!.Value.Rows;

        Assert.That(gone.IsForgotten, Is.True);
        Assert.That(_stage.Store.Index.Find("m3").Single().Id, Is.GreaterThan(gone.Id));
        Assert.That(rows, Has.Count.EqualTo(10));
    }

    [Test]
    public async Task Series_beyond_those_that_are_kept_in_mind_are_stored_too()
    {
        var most = SeriesFinder.MostKept + 10;
        var request = new WriteRequest();
        for (var i = 0; i < most; i++)
        {
            request.Series(["__name__", "m", "n", $"{i}"], (i, Now));
        }

        var first = await _stage.WriteAsync(request.Message());
        var second = await _stage.WriteAsync(request.Message());

        Assert.That(first!.Value.Rows, Has.Count.EqualTo(most));
        Assert.That(second!.Value.Rows, Is.EqualTo(first.Value.Rows));
        Assert.That(_stage.BytesOfLines, Is.InRange(10 * 30, 10 * 60), "ten lines");
    }

    [Test]
    public async Task Labels_behind_the_samples_count()
    {
        await _stage.WriteAsync(new WriteRequest().Series(["__name__", "m"], (1, Now)).Message());
        var series = new MemoryStream();
        WriteRequest.Field(series, 1, WriteRequest.Label("__name__", "m"));
        WriteRequest.Field(series, 2, WriteRequest.Sample(2, Now));
        WriteRequest.Field(series, 1, WriteRequest.Label("a", "b"));

        var rows = (await _stage.WriteAsync(new WriteRequest().Series(["__name__", "m"], (3, Now)).Field(1, series.ToArray()).Message()))!.Value.Rows;

        Assert.That(rows.Select(row => row.Split(' ')[0]), Is.EqualTo(new[] { "m", "m,a=b" }));
    }

    [Test]
    public async Task A_field_of_another_type_is_refused_as_its_line_is()
    {
        await _stage.WriteAsync($"m,a=b value=1i {Now}\n");

        var answer = await _stage.WriteAsync(new WriteRequest().Series(["__name__", "m", "a", "b"], (1, Now), (2, Now)).Message());

        Assert.That((answer!.Value.Rows.Count, answer.Value.Rejected), Is.EqualTo((0, 2)));
    }

    [Test]
    public async Task A_damaged_series_behind_known_ones_stores_nothing()
    {
        var message = Fleet(5, shift: 0).Message();
        await _stage.WriteAsync(message);
        await _stage.WriteAsync(message);
        var last = _stage.Store.LastSequence;

        for (var length = 1; length < message.Length; length++)
        {
            var answer = await _stage.WriteAsync(message[..length]);

            Assert.That(answer is null || answer.Value.Rows.Count % 2 == 0, Is.True, $"{length} bytes");
        }

        Assert.That(_stage.Store.LastSequence - last, Is.EqualTo(4), "the prefixes that end between two series");
    }

    [Test]
    public async Task Markers_of_the_end_and_values_that_are_not_finite_are_counted_and_passed_over()
    {
        var stale = BitConverter.UInt64BitsToDouble(WriteRequest.StaleMarker);
        var request = new WriteRequest().Series(["__name__", "m"], (1, Now), (stale, Now + 1), (double.NaN, Now + 2), (double.PositiveInfinity, Now + 3), (double.NegativeInfinity, Now + 4), (2, Now + 5)).Message();

        for (var round = 0; round < 2; round++)
        {
            Assert.That((await _stage.WriteAsync(request))!.Value.Rows, Has.Count.EqualTo(2));
            Assert.That((_stage.Source.Stale, _stage.Source.NotFinite), Is.EqualTo((1, 3)));
        }
    }

    [Test]
    public async Task Native_histograms_are_counted_and_exemplars_and_metadata_are_passed_over()
    {
        var series = new MemoryStream();
        WriteRequest.Field(series, 1, WriteRequest.Label("__name__", "m"));
        WriteRequest.Field(series, 3, [1, 2, 3]);
        WriteRequest.Field(series, 4, [9, 9]);
        var request = new WriteRequest().Field(3, [0xFF]).Field(1, series.ToArray()).Series(["__name__", "n"], (1, Now));

        Assert.That((await _stage.WriteAsync(request.Message()))!.Value.Rows.Select(row => row.Split(' ')[0]), Is.EqualTo(new[] { "n" }));
        Assert.That(_stage.Source.Histograms, Is.EqualTo(1));
    }

    private static WriteRequest Fleet(int series, int shift)
    {
        var request = new WriteRequest();
        for (var i = 0; i < series; i++)
        {
            request.Series(["__name__", $"m{i % 5}", "host", $"h{i}"], (i + 0.5, Now - shift - 1), (i, Now - shift));
        }

        return request;
    }

    private static string[] RandomLabels(Random random)
    {
        var labels = new List<string> { "__name__", random.Next(10) == 0 ? Texts[random.Next(Texts.Length)] : $"m{random.Next(6)}" };
        for (var count = random.Next(SourceStage.MostTags + 2); count > 0; count--)
        {
            labels.Add(random.Next(4) == 0 ? Texts[random.Next(Texts.Length)] : $"l{count}");
            labels.Add(random.Next(4) == 0 ? Texts[random.Next(Texts.Length)] : $"v{random.Next(3)}");
        }

        return [.. labels];
    }

    private static (WriteRequest Request, string Lines) RandomRequest(Random random, List<string[]> known)
    {
        var (request, lines) = (new WriteRequest(), new StringBuilder());
        var first = random.Next(known.Count);
        for (var i = 0; i < known.Count; i++)
        {
            // Mostly in the order of the last time, with some left out, some moved, some new.
            var labels = random.Next(6) switch
            {
                0 => known[random.Next(known.Count)],
                1 => known[i] = random.Next(4) == 0 ? RandomLabels(random) : known[i],
                _ => known[(first + i) % known.Count],
            };
            (double, long)[] samples = [.. Enumerable.Range(0, random.Next(3)).Select(_ => RandomSample(random))];
            request.Series(labels, samples);
            foreach (var (value, time) in samples)
            {
                lines.Append(CultureInfo.InvariantCulture, $"{KeyOf(labels)} value={value:R} {time}\n");
            }
        }

        return (request, lines.ToString());
    }

    private static (double Value, long Time) RandomSample(Random random)
    {
        double[] values = [0, -0.0, 1, 0.1, 1e300, 5e-324, random.NextDouble(), random.Next()];
        long[] times = [Now - 1, Now, Now - random.Next(1000), Now + 10_000_000_000, 0, -1, long.MaxValue, long.MinValue];
        return (values[random.Next(values.Length)], times[random.Next(12) == 0 ? random.Next(times.Length) : random.Next(3)]);
    }

    /// <summary>The key of the lines of a series: docs/formats/write-api.md.</summary>
    private static string KeyOf(string[] labels)
    {
        var name = labels[1].StartsWith('#') ? "" : labels[1];
        var key = new StringBuilder(Escape(name, ", "));
        for (var i = 2; i < labels.Length; i += 2)
        {
            if (labels[i] != "__name__" && labels[i + 1].TrimEnd('\\').Length > 0)
            {
                key.Append(CultureInfo.InvariantCulture, $",{Escape(labels[i], ",= ")}={Escape(labels[i + 1], ",= ")}");
            }
        }

        return key.ToString();
    }

    private static string Escape(string text, string escaped)
    {
        var output = new StringBuilder();
        foreach (var letter in text.TrimEnd('\\'))
        {
            var shown = letter < ' ' || letter == '\u007f' ? ' ' : letter;
            output.Append(escaped.Contains(shown, StringComparison.Ordinal) ? "\\" : "").Append(shown);
        }

        return output.ToString();
    }
}

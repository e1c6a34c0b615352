using NocMonitor.Testing;

namespace NocMonitor.Agent.Tests.Delivery;

public class UplinkTests
{
    private UplinkStage _stage = null!;

    [SetUp]
    public void Build() => _stage = new UplinkStage();

    [TearDown]
    public async Task ClearAsync() => await _stage.DisposeAsync();

    [Test]
    public async Task Points_arrive_gzipped_at_the_write_door_with_the_token_and_leave_the_spool()
    {
        _stage.Spool.Append("cpu,host=a usage=1 1", "cpu,host=a usage=2 2");
        _stage.Start();
        _stage.Signal.Ask();

        var request = await _stage.First.NextAsync();

        await _stage.SentAsync(2);
        Assert.That(request.Line, Is.EqualTo("POST /api/v2/write?precision=ns HTTP/1.1"));
        Assert.That(request.Headers["Authorization"], Is.EqualTo("Token hunter2"));
        Assert.That(request.Headers["Content-Encoding"], Is.EqualTo("gzip"));
        Assert.That(request.Lines, Is.EqualTo(new[] { "cpu,host=a usage=1 1", "cpu,host=a usage=2 2" }));
        Assert.That(_stage.Spool.Peek(), Is.Empty);
    }

    [Test]
    public async Task Without_being_asked_points_go_at_the_flush_interval()
    {
        _stage.Start();
        await _stage.Time.TimerSetAsync();
        _stage.Spool.Append("a f=1 1");

        _stage.Time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.That(_stage.First.Requests, Is.Empty);
        _stage.Time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.That((await _stage.First.NextAsync()).Lines, Is.EqualTo(new[] { "a f=1 1" }));
    }

    [TestCase(429)]
    [TestCase(500)]
    [TestCase(502)]
    [TestCase(503)]
    [TestCase(404)]
    [TestCase(302)]
    public async Task An_answer_that_time_may_mend_keeps_the_points_and_they_go_again(int status)
    {
        _stage.First.Answer(new FakeAnswer(status), FakeAnswer.NoContent);
        _stage.Spool.Append("a f=1 1");
        _stage.Start();
        _stage.Signal.Ask();

        await _stage.First.NextAsync();
        await _stage.AdvanceUntilSentAsync(1);

        Assert.That(_stage.First.Accepted, Is.EqualTo(new[] { "a f=1 1" }));
        Assert.That(_stage.Spool.Counters.SendErrors, Is.EqualTo(1));
        Assert.That(_stage.Log, Has.Exactly(1).Contains($"cannot be used: {status}"));
    }

    [Test]
    public async Task A_cut_connection_garbage_and_a_collector_that_never_answers_keep_the_points()
    {
        _stage.First.Answer(FakeAnswer.Cut, FakeAnswer.Garbage, FakeAnswer.Hang, FakeAnswer.NoContent);
        _stage.Spool.Append("a f=1 1");
        _stage.Start();
        _stage.Signal.Ask();

        await _stage.AdvanceUntilSentAsync(1);

        Assert.That(_stage.First.Requests, Has.Count.EqualTo(4));
        Assert.That(_stage.Spool.Counters.SendErrors, Is.EqualTo(3));
        Assert.That(_stage.First.Accepted, Is.EqualTo(new[] { "a f=1 1" }));
    }

    [Test]
    public async Task Retry_After_is_waited_for()
    {
        _stage.First.Answer(new FakeAnswer(503, "", "Retry-After: 90"), FakeAnswer.NoContent);
        _stage.Spool.Append("a f=1 1");
        _stage.Start();
        _stage.Signal.Ask();
        await _stage.First.NextAsync();
        await _stage.FailuresAsync(1);

        await _stage.AdvanceAsync(TimeSpan.FromSeconds(89));
        var early = _stage.First.Requests.Count;
        await _stage.AdvanceUntilSentAsync(1);

        Assert.That((early, _stage.First.Requests.Count), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task While_the_first_collector_is_away_the_second_serves_and_then_the_first_again()
    {
        _stage.First.Answer(new FakeAnswer(503), new FakeAnswer(503), new FakeAnswer(503), FakeAnswer.NoContent);
        _stage.Start(_stage.First.Url, _stage.Second.Url);
        for (var i = 1; i <= 8; i++)
        {
            _stage.Spool.Append($"a f={i} {i}");
            _stage.Signal.Ask();
            await _stage.SentAsync(i);
            _stage.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.That(_stage.Second.Accepted.Take(3), Is.EqualTo(new[] { "a f=1 1", "a f=2 2", "a f=3 3" }));
        Assert.That(_stage.First.Accepted[^1], Is.EqualTo("a f=8 8"));
        Assert.That(_stage.First.Accepted.Concat(_stage.Second.Accepted), Is.EquivalentTo(Enumerable.Range(1, 8).Select(i => $"a f={i} {i}")));
    }

    [Test]
    public async Task While_its_breaker_is_open_a_collector_is_not_asked()
    {
        _stage.First.Answer(new FakeAnswer(503));
        _stage.Start(_stage.First.Url, _stage.Second.Url);
        for (var i = 1; i <= 10; i++)
        {
            _stage.Spool.Append($"a f={i} {i}");
            _stage.Signal.Ask();
            await _stage.SentAsync(i);
        }

        Assert.That(_stage.First.Requests, Has.Count.EqualTo(3));
        Assert.That(_stage.Second.Accepted, Has.Count.EqualTo(10));
    }

    [Test]
    public async Task After_an_outage_the_newest_points_arrive_before_the_backlog()
    {
        _stage.First.Answer(new FakeAnswer(503));
        var large = new string('x', 60_000);
        _stage.Start();
        for (var i = 0; i < 10; i++)
        {
            _stage.Spool.Append($"a f=\"{large}\" {i}");
            await _stage.AdvanceUntilFailedAsync(i + 1);
        }

        _stage.First.Answer(FakeAnswer.NoContent);
        await _stage.AdvanceUntilSentAsync(10);

        var order = _stage.First.Accepted.Select(line => line[(line.LastIndexOf(' ') + 1)..]).ToList();
        Assert.That(order.IndexOf("9"), Is.LessThan(order.IndexOf("0")));
        Assert.That(order, Is.EquivalentTo(Enumerable.Range(0, 10).Select(i => $"{i}")));
    }

    [TestCase(401)]
    [TestCase(403)]
    public async Task An_agent_that_is_not_let_in_keeps_its_points_and_says_so_once(int status)
    {
        _stage.First.Answer(new FakeAnswer(status), new FakeAnswer(status), new FakeAnswer(status), FakeAnswer.NoContent);
        _stage.Spool.Append("a f=1 1");
        _stage.Start();
        _stage.Signal.Ask();

        await _stage.AdvanceUntilSentAsync(1);

        Assert.That(_stage.Log, Has.Exactly(1).Contains("does not let this agent in"));
        Assert.That(_stage.First.Accepted, Is.EqualTo(new[] { "a f=1 1" }));
    }

    [Test]
    public async Task A_bad_line_is_found_and_set_aside_and_the_good_ones_arrive()
    {
        _stage.First.Answer(static request => request.Lines.Any(line => line.Contains("bad", StringComparison.Ordinal))
            ? new FakeAnswer(400, "partial write: bad float")
            : FakeAnswer.NoContent);
        _stage.Spool.Append([.. Enumerable.Range(0, 100).Select(i => i is 3 or 77 ? $"bad f= {i}" : $"a f={i} {i}")]);
        _stage.Start();
        _stage.Signal.Ask();

        await _stage.SentAsync(98);

        var letters = await File.ReadAllLinesAsync(_stage.DeadLetterFile);
        Assert.That(_stage.First.Accepted, Is.EqualTo(Enumerable.Range(0, 100).Where(i => i is not (3 or 77)).Select(i => $"a f={i} {i}")));
        Assert.That(letters.Where(line => line[0] != '#'), Is.EqualTo(new[] { "bad f= 3", "bad f= 77" }));
        Assert.That(letters[0], Does.Contain("400 partial write: bad float"));
        Assert.That(_stage.Spool.Counters.PointsRefused, Is.EqualTo(2));
    }

    [Test]
    public async Task A_batch_of_bad_lines_only_costs_a_bounded_number_of_requests()
    {
        _stage.First.Answer(new FakeAnswer(400));
        _stage.Spool.Append([.. Enumerable.Range(0, 2000).Select(i => $"bad {i}")]);
        _stage.Start();
        _stage.Signal.Ask();

        await Eventually.Async(() => _stage.Spool.Counters.PointsRefused == 2000);

        Assert.That(_stage.First.Requests, Has.Count.LessThan(300));
        Assert.That(_stage.Spool.Peek(), Is.Empty);
    }

    [Test]
    public async Task A_batch_that_is_too_large_is_halved_until_it_fits()
    {
        _stage.First.Answer(static request => request.Body.Length > 1000 ? new FakeAnswer(413) : FakeAnswer.NoContent);
        _stage.Spool.Append([.. Enumerable.Range(0, 200).Select(i => $"a f={i} {i}")]);
        _stage.Start();
        _stage.Signal.Ask();

        await _stage.SentAsync(200);

        Assert.That(_stage.First.Accepted, Is.EqualTo(Enumerable.Range(0, 200).Select(i => $"a f={i} {i}")));
        Assert.That(_stage.Spool.Counters.PointsRefused, Is.Zero);
    }

    [Test]
    public async Task A_failure_in_the_middle_of_the_search_keeps_the_batch_and_counts_no_line_twice()
    {
        var fails = true;
        _stage.First.Answer(request => !request.Body.Contains("bad", StringComparison.Ordinal) ? FakeAnswer.NoContent
            : request.Lines.Count == 1 && fails ? new FakeAnswer(503)
            : new FakeAnswer(400));
        _stage.Spool.Append("a f=1 1", "bad", "b f=2 2");
        _stage.Start();
        _stage.Signal.Ask();
        await _stage.FailuresAsync(1);
        fails = false;

        await _stage.AdvanceUntilSentAsync(2);

        Assert.That(_stage.Spool.Counters.PointsRefused, Is.EqualTo(1));
        Assert.That(_stage.First.Accepted.Distinct(), Is.EquivalentTo(new[] { "a f=1 1", "b f=2 2" }));
    }

    [Test]
    public async Task A_long_answer_is_read_to_a_bound_and_never_breaks_a_log_line()
    {
        _stage.First.Answer(new FakeAnswer(500, "no\r\n\u001b[31m" + new string('x', 100_000)), FakeAnswer.NoContent);
        _stage.Spool.Append("a f=1 1");
        _stage.Start();
        _stage.Signal.Ask();

        await _stage.AdvanceUntilSentAsync(1);

        Assert.That(_stage.Log, Has.All.Length.LessThan(600));
        Assert.That(_stage.Log, Has.None.Contains('\u001b'));
    }

    [Test]
    public async Task The_token_shows_in_no_log_line_and_no_address()
    {
        _stage.First.Answer(new FakeAnswer(401, "you"), new FakeAnswer(503), FakeAnswer.Cut, FakeAnswer.NoContent);
        _stage.Spool.Append("a f=1 1");
        _stage.Start();
        _stage.Signal.Ask();

        await _stage.AdvanceUntilSentAsync(1);

        Assert.That(_stage.Log, Is.Not.Empty.And.None.Contains("hunter2"));
        Assert.That(_stage.First.Requests.Select(request => request.Line), Has.None.Contains("hunter2"));
    }

    [Test]
    public async Task A_new_list_of_collectors_takes_over_with_the_next_batch()
    {
        _stage.First.Answer(new FakeAnswer(503));
        _stage.Start();
        _stage.Spool.Append("a f=1 1");
        _stage.Signal.Ask();
        await _stage.FailuresAsync(1);

        _stage.Uplink.Use(_stage.Targets(_stage.Second.Url));
        await _stage.AdvanceUntilSentAsync(1);

        Assert.That(_stage.Second.Accepted, Is.EqualTo(new[] { "a f=1 1" }));
    }
}

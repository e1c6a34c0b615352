namespace NocMonitor.Agent.Tests.Delivery;

public class SpoolTests
{
    private SpoolStage _stage = null!;

    [SetUp]
    public void Build() => _stage = new SpoolStage();

    [TearDown]
    public void Clear() => _stage.Dispose();

    [Test]
    public void Lines_come_back_in_the_order_they_were_appended()
    {
        _stage.Append("a f=1 1");
        _stage.Append("b f=1 2", "c f=1 3");

        Assert.That(_stage.DeliverAll(), Is.EqualTo(new[] { "a f=1 1", "b f=1 2", "c f=1 3" }));
    }

    [Test]
    public void An_acknowledged_batch_is_gone_and_an_unacknowledged_one_comes_again()
    {
        _stage.Append("a f=1 1");
        var first = _stage.Peek();
        _stage.Spool.Acknowledge(_stage.Take());
        _stage.Append("b f=1 2");

        Assert.That(first, Is.EqualTo(new[] { "a f=1 1" }));
        Assert.That(_stage.Peek(), Is.EqualTo(new[] { "b f=1 2" }));
    }

    [Test]
    public void What_was_appended_while_a_batch_was_under_way_is_not_acknowledged_with_it()
    {
        _stage.Append("a f=1 1");
        var batch = _stage.Take();
        _stage.Append("b f=1 2");
        _stage.Spool.Acknowledge(batch);

        Assert.That(_stage.DeliverAll(), Is.EqualTo(new[] { "b f=1 2" }));
    }

    [Test]
    public void A_batch_is_bounded_by_bytes_and_a_record_larger_than_that_still_goes_alone()
    {
        _stage.Append("a f=1 1");
        _stage.Append("b f=\"" + new string('x', 200) + "\" 2");
        _stage.Append("c f=1 3");

        var sizes = new List<int>();
        while (_stage.Take(maxBytes: 50) is { IsEmpty: false } batch)
        {
            sizes.Add(batch.Lines);
            _stage.Spool.Acknowledge(batch);
        }

        Assert.That(sizes, Is.EqualTo(new[] { 1, 1, 1 }));
    }

    [Test]
    public void What_was_not_delivered_survives_a_restart_and_what_was_delivered_does_not_come_again()
    {
        _stage.Append("a f=1 1");
        _stage.Spool.Acknowledge(_stage.Take());
        _stage.Append("b f=1 2");
        _stage.Reopen();

        Assert.That(_stage.DeliverAll(), Is.EqualTo(new[] { "b f=1 2" }));
    }

    [Test]
    public void What_a_process_wrote_that_was_killed_is_there_for_the_next()
    {
        _stage.Append("a f=1 1");
        _stage.Spool.Acknowledge(_stage.Take());
        _stage.Append("b f=1 2");

        using var next = SpoolStage.OnCopyOf(_stage);

        Assert.That(next.DeliverAll(), Is.EqualTo(new[] { "b f=1 2" }));
        Assert.That(next.Log, Is.Empty);
    }

    [Test]
    public void After_an_outage_the_newest_points_go_first_and_then_the_backlog_from_its_oldest_on()
    {
        for (var i = 0; i < 10; i++)
        {
            _stage.Append($"a f={i} {i}");
            _stage.Spool.Retain(_stage.Take(maxBytes: 70));
        }

        var delivered = _stage.DeliverAll(maxBytes: 70);

        Assert.That(delivered, Is.EqualTo(Lines(8, 9).Concat(Lines(0, 7))));
    }

    [Test]
    public void Points_that_come_while_the_backlog_is_delivered_go_before_the_rest_of_it()
    {
        for (var i = 0; i < 6; i++)
        {
            _stage.Append($"a f={i} {i}");
            _stage.Spool.Retain(_stage.Take(maxBytes: 70));
        }

        _stage.Spool.Acknowledge(_stage.Take(maxBytes: 70));
        _stage.Spool.Acknowledge(_stage.Take(maxBytes: 20));
        _stage.Append("now f=1 99");

        Assert.That(_stage.DeliverAll(maxBytes: 70), Is.EqualTo(new[] { "now f=1 99" }.Concat(Lines(2, 3))));
    }

    [Test]
    public void What_an_earlier_run_left_goes_after_the_first_points_of_this_one()
    {
        _stage.Append("old f=1 1");
        _stage.Reopen();
        _stage.Append("new f=1 2");

        Assert.That(_stage.DeliverAll(), Is.EqualTo(new[] { "new f=1 2", "old f=1 1" }));
    }

    [Test]
    public void Beyond_its_bytes_the_spool_drops_the_oldest_points_and_counts_each()
    {
        var total = AppendMiB(3);

        var kept = _stage.DeliverAll();

        Assert.That(_stage.Counters.PointsDropped, Is.EqualTo(total - kept.Count).And.GreaterThan(0));
        Assert.That(kept[^1], Does.EndWith($" {total - 1}"));
        Assert.That(_stage.Log, Has.Some.Contains("Dropped"));
    }

    [Test]
    public void The_files_never_take_more_than_the_bound()
    {
        AppendMiB(3);

        Assert.That(_stage.Segments.Sum(file => new FileInfo(file).Length), Is.LessThanOrEqualTo(_stage.Options.MaxBytes));
    }

    [Test]
    public void Delivered_points_that_are_dropped_with_their_file_are_not_counted_as_lost()
    {
        var total = AppendMiB(0.9);
        _stage.Spool.Retain(_stage.Take(64));
        _stage.DeliverAll();
        AppendMiB(0.5);

        Assert.That(_stage.DeliverAll(), Has.Count.EqualTo(total * 5 / 9).Within(2));
        Assert.That(_stage.Counters.PointsDropped, Is.Zero);
    }

    [Test]
    public void Beyond_its_age_a_point_is_dropped_and_counted()
    {
        _stage.Append("a f=1 1", "b f=1 2");
        _stage.Time.Advance(_stage.Options.MaxAge + TimeSpan.FromSeconds(1));

        Assert.That(_stage.DeliverAll(), Is.Empty);
        Assert.That(_stage.Counters.PointsDropped, Is.EqualTo(2));
    }

    [Test]
    public void A_step_of_the_wall_clock_ages_nothing()
    {
        _stage.Append("a f=1 1");
        _stage.Time.StepWallClock(TimeSpan.FromDays(3650));
        _stage.Append("b f=1 2");
        _stage.Time.StepWallClock(TimeSpan.FromDays(-7300));

        Assert.That(_stage.DeliverAll(), Is.EqualTo(new[] { "a f=1 1", "b f=1 2" }));
        Assert.That(_stage.Spool.Status().OldestAgeNs, Is.Zero);
    }

    [Test]
    public void Files_go_once_all_their_points_are_delivered()
    {
        AppendMiB(0.9);
        var before = _stage.Segments.Count;
        _stage.DeliverAll();

        Assert.That((before, _stage.Segments.Count), Is.EqualTo((before, 1)).And.Matches<(int Before, int After)>(files => files.Before > 5));
    }

    [Test]
    public void The_status_tells_bytes_and_the_age_of_the_oldest_undelivered_point()
    {
        _stage.Append("a f=1 1");
        _stage.Time.Advance(TimeSpan.FromSeconds(30));
        _stage.Append("b f=1 2");

        Assert.That(_stage.Spool.Status().OldestAgeNs, Is.EqualTo(30_000_000_000));
        Assert.That(_stage.Spool.Status().DiskBytes, Is.EqualTo(new FileInfo(_stage.Segments[0]).Length));

        _stage.DeliverAll();

        Assert.That(_stage.Spool.Status().OldestAgeNs, Is.Zero);
    }

    [Test]
    public void Smaller_bounds_of_a_reload_hold_at_once()
    {
        var stage = new SpoolStage(new SpoolStageOptions(MaxBytes: 4 << 20));
        for (var i = 0; i < 40_000; i++)
        {
            stage.Append($"a f={i} {i}");
        }

        stage.Spool.Use(stage.Options with { MaxBytes = 1 << 20 });

        Assert.That(stage.Segments.Sum(file => new FileInfo(file).Length), Is.LessThanOrEqualTo(1 << 20));
        Assert.That(stage.Counters.PointsDropped, Is.GreaterThan(0));
        stage.Dispose();
    }

    /// <summary>Whatever happens in whatever order: a line is delivered, dropped and counted, or still there; and without a crash none comes twice.</summary>
    [Test]
    public void Whatever_fails_in_whatever_order_each_point_is_delivered_once([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        var delivered = new List<string>();
        var appended = 0;
        for (var step = 0; step < 400; step++)
        {
            switch (random.Next(8))
            {
                case < 4:
                    _stage.Append($"a f={appended} {appended++}");
                    break;
                case 4:
                    _stage.Spool.Retain(_stage.Take(random.Next(20, 300)));
                    break;
                case 5 when random.Next(6) == 0:
                    _stage.Reopen();
                    break;
                default:
                    var batch = _stage.Take(random.Next(20, 300));
                    delivered.AddRange(SpoolStage.Lines(batch));
                    _stage.Spool.Acknowledge(batch);
                    break;
            }
        }

        delivered.AddRange(_stage.DeliverAll());
        Assert.That(delivered.Order(StringComparer.Ordinal), Is.EqualTo(Lines(0, appended - 1).Order(StringComparer.Ordinal)));
    }

    private static IEnumerable<string> Lines(int from, int to) => Enumerable.Range(from, to - from + 1).Select(i => $"a f={i} {i}");

    private int AppendMiB(double size)
    {
        const int lineLength = 1024;
        var count = (int)(size * (1 << 20) / lineLength);
        for (var i = 0; i < count; i++)
        {
            _stage.Append($"a f=\"{new string('x', lineLength - 40)}\" {i}");
        }

        return count;
    }
}

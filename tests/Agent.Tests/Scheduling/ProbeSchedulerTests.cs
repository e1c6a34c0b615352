using NocMonitor.Agent.Scheduling;
using NocMonitor.LineProtocol;
using NocMonitor.Testing;

namespace NocMonitor.Agent.Tests.Scheduling;

public class ProbeSchedulerTests
{
    private SchedulerStage _stage = null!;

    [SetUp]
    public void Build() => _stage = new SchedulerStage();

    [TearDown]
    public async Task ClearAsync() => await _stage.DisposeAsync();

    [Test]
    public async Task The_first_round_comes_within_five_seconds_and_the_next_ones_an_interval_apart()
    {
        var probe = FakeProbe.Counting();
        _stage.Apply(SomeProbe.Entry("a", probe));

        _stage.Time.Advance(ProbeSchedule.FirstRoundsWithin);
        await _stage.RoundsEndedAsync(1);
        _stage.Time.Advance(TimeSpan.FromSeconds(15));
        await _stage.RoundsEndedAsync(2);
        _stage.Time.Advance(TimeSpan.FromSeconds(10));
        await _stage.RoundsEndedAsync(3);

        Assert.That(probe.Rounds, Is.EqualTo(3));
    }

    [Test]
    public async Task Steps_of_the_wall_clock_neither_hurry_nor_delay_a_round()
    {
        var probe = FakeProbe.Counting();
        _stage.Apply(SomeProbe.Entry("a", probe));
        _stage.Time.Advance(TimeSpan.FromSeconds(5));
        await _stage.RoundsEndedAsync(1);

        _stage.Time.StepWallClock(TimeSpan.FromHours(-10));
        _stage.Time.Advance(TimeSpan.FromSeconds(15));
        await _stage.RoundsEndedAsync(2);
        _stage.Time.StepWallClock(TimeSpan.FromHours(30));
        _stage.Time.Advance(TimeSpan.FromSeconds(10));
        await _stage.RoundsEndedAsync(3);

        Assert.That((probe.Rounds, _stage.Counters.ProbeOverruns), Is.EqualTo((3, 0L)));
    }

    [Test]
    public async Task A_round_that_lasts_over_its_interval_is_never_joined_by_another_and_the_missed_start_is_reported()
    {
        var end = new TaskCompletionSource();
        var probe = new FakeProbe((_, _, _) => end.Task);
        _stage.Apply(SomeProbe.Entry("a", probe, limitSeconds: 60));
        _stage.Time.Advance(TimeSpan.FromSeconds(5));
        await probe.NextRoundAsync();

        _stage.Time.Advance(TimeSpan.FromSeconds(30));
        var during = probe.Rounds;
        end.SetResult();
        await _stage.Outlet.LineAsync(line => line.Contains("result_code=0i", StringComparison.Ordinal));
        _stage.Time.Advance(TimeSpan.FromSeconds(10));
        await probe.NextRoundAsync();

        Assert.That((during, _stage.Counters.ProbeOverruns), Is.EqualTo((1, 3)).Or.EqualTo((1, 2)));
        Assert.That(_stage.RoundPoints[0], Does.Contain("result_code=2i").And.Contain("the round before has not ended yet"));
    }

    [Test]
    public async Task A_probe_that_never_returns_is_abandoned_once_and_its_place_is_taken_again_when_it_returns()
    {
        var end = new TaskCompletionSource();
        var probe = new FakeProbe((number, _, _) => number == 1 ? end.Task : Task.CompletedTask);
        _stage.Apply(SomeProbe.Entry("a", probe));
        _stage.Time.Advance(TimeSpan.FromSeconds(5));
        await probe.NextRoundAsync();

        _stage.Time.Advance(TimeSpan.FromMinutes(2));
        var during = probe.Rounds;
        end.SetResult();
        await Eventually.Async(() =>
        {
            _stage.Time.Advance(TimeSpan.FromSeconds(1));
            return probe.Rounds == 2;
        });

        Assert.That(during, Is.EqualTo(1));
        Assert.That(_stage.Log, Has.Exactly(1).Contains("Abandoned"));
        Assert.That(_stage.RoundPoints, Has.Exactly(1).Contains("the probe does not return"));
        Assert.That(_stage.Counters.ProbeOverruns, Is.GreaterThanOrEqualTo(10));
    }

    [Test]
    public async Task A_probe_that_blocks_its_thread_holds_up_no_other()
    {
        using var release = new ManualResetEventSlim();
        var blocking = new FakeProbe((_, _, _) =>
        {
            release.Wait(CancellationToken.None);
            return Task.CompletedTask;
        });
        var other = FakeProbe.Counting();
        _stage.Apply(SomeProbe.Entry("blocking", blocking), SomeProbe.Entry("other", other));

        _stage.Time.Advance(TimeSpan.FromSeconds(5));
        await blocking.NextRoundAsync();
        await other.NextRoundAsync();
        _stage.Time.Advance(TimeSpan.FromSeconds(20));
        await other.NextRoundAsync();

        release.Set();
        Assert.That(blocking.Rounds, Is.EqualTo(1));
    }

    [Test]
    public async Task Another_set_starts_what_is_new_stops_what_is_gone_and_leaves_the_rest_alone()
    {
        var (same, gone, came) = (FakeProbe.Counting(), FakeProbe.Counting(), FakeProbe.Counting());
        _stage.Apply(SomeProbe.Entry("same", same), SomeProbe.Entry("gone", gone));
        _stage.Time.Advance(TimeSpan.FromSeconds(5));
        await same.NextRoundAsync();
        await gone.NextRoundAsync();
        await _stage.RoundsEndedAsync(2);

        _stage.Apply(SomeProbe.Entry("same", _ => throw new InvalidOperationException("made again")), SomeProbe.Entry("came", came));
        await Eventually.Async(() => gone.IsDisposed);
        _stage.Time.Advance(TimeSpan.FromSeconds(16));
        await came.NextRoundAsync();
        await same.NextRoundAsync();

        Assert.That((gone.Rounds, same.IsDisposed), Is.EqualTo((1, false)));
    }

    [Test]
    public async Task A_changed_entry_is_made_anew_and_the_old_probe_is_disposed_after_its_round()
    {
        var (old, anew) = (new FakeProbe((_, _, token) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token)), FakeProbe.Counting());
        _stage.Apply(SomeProbe.Entry("a", old, fingerprint: "1"));
        _stage.Time.Advance(TimeSpan.FromSeconds(5));
        await old.NextRoundAsync();

        _stage.Apply(SomeProbe.Entry("a", anew, fingerprint: "2"));
        await Eventually.Async(() => old.IsDisposed);
        _stage.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.That(await anew.NextRoundAsync(), Is.EqualTo(1));
    }

    [Test]
    public void When_one_probe_cannot_be_made_nothing_changes_and_every_reason_is_given()
    {
        var (running, made) = (FakeProbe.Counting(), FakeProbe.Counting());
        _stage.Apply(SomeProbe.Entry("running", running));
        var failures = new List<ProbeFailure>();

        var applied = _stage.Scheduler.Apply(
            [
                SomeProbe.Entry("made", made),
                SomeProbe.Entry("b", _ => throw new UnauthorizedAccessException("no right to open a raw socket")),
                SomeProbe.Entry("c", _ => throw new InvalidOperationException("no such device")),
            ],
            SchedulerStage.Identity, failures);

        Assert.That(applied, Is.False);
        Assert.That(failures.Select(failure => $"{failure.Entry.Name}: {failure.Reason}"), Is.EqualTo(new[] { "b: no right to open a raw socket", "c: no such device" }));
        Assert.That((made.IsDisposed, running.IsDisposed, _stage.Scheduler.Probes), Is.EqualTo((true, false, 1)));
    }

    [Test]
    public async Task Other_tags_for_all_points_start_every_probe_anew()
    {
        _stage.Apply(SomeProbe.Entry("a", _ => FakeProbe.Counting()));
        var tagged = SchedulerStage.Identity with { Tags = new Dictionary<string, string> { ["site"] = "north" } };

        _stage.Scheduler.Apply([SomeProbe.Entry("a", _ => FakeProbe.Counting())], tagged, []);
        _stage.Time.Advance(TimeSpan.FromSeconds(5));
        await _stage.RoundsEndedAsync(1);

        Assert.That(_stage.Outlet.Lines, Has.All.Contains(",site=north"));
    }

    [Test]
    public async Task Stopping_cancels_running_rounds_keeps_their_points_and_reports_no_failure()
    {
        var probe = new FakeProbe(async (_, points, token) =>
        {
            points.Add(new Point("seen").Field("f", 1L));
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        });
        _stage.Apply(SomeProbe.Entry("a", probe));
        _stage.Time.Advance(TimeSpan.FromSeconds(5));
        await probe.NextRoundAsync();

        await _stage.Scheduler.StopAsync();

        Assert.That(_stage.Outlet.Lines, Has.Exactly(1).StartsWith("seen,"));
        Assert.That(_stage.RoundPoints, Is.Empty);
        Assert.That(probe.IsDisposed, Is.True);
    }
}

using NocMonitor.Agent.Scheduling;

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
        await probe.NextRoundAsync();
        await _stage.RoundsEndedAsync(1);
        _stage.Time.Advance(TimeSpan.FromSeconds(15));
        await probe.NextRoundAsync();
        await _stage.RoundsEndedAsync(2);
        _stage.Time.Advance(TimeSpan.FromSeconds(10));
        await probe.NextRoundAsync();

        Assert.That(probe.Rounds, Is.EqualTo(3));
    }
}

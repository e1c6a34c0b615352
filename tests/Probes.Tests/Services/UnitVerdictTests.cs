using NocMonitor.Probes.Services;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Services;

public class UnitVerdictTests
{
    // One hour after the machine's start.
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(TimeSpan.TicksPerHour, TimeSpan.Zero));

    [TestCase("ActiveState=active,SubState=running")]
    [TestCase("ActiveState=active,SubState=exited,Type=oneshot")]
    [TestCase("ActiveState=reloading,SubState=reload")]
    [TestCase("ActiveState=inactive,SubState=dead,Type=oneshot,Result=success")]
    [TestCase("ActiveState=activating,SubState=start,StateChangeTimestampMonotonic=3590000000")]
    public void Runs_as_it_should(string properties) => Assert.That(Judge(properties, isNamed: true), Is.Null);

    [TestCase("ActiveState=inactive,SubState=dead,Type=simple,Result=success", "inactive (dead)")]
    [TestCase("ActiveState=failed,SubState=failed,Result=exit-code,ExecMainStatus=203", "failed (failed), last run: exit-code 203")]
    [TestCase("ActiveState=failed,SubState=failed,Type=oneshot,Result=signal,ExecMainStatus=9", "failed (failed), last run: signal 9")]
    [TestCase("ActiveState=activating,SubState=auto-restart,Result=exit-code,ExecMainStatus=1", "activating (auto-restart), last run: exit-code 1")]
    [TestCase("ActiveState=activating,SubState=start,StateChangeTimestampMonotonic=3000000000", "activating (start)")]
    [TestCase("ActiveState=deactivating,SubState=stop-sigterm", "deactivating (stop-sigterm)")]
    [TestCase("LoadState=not-found,ActiveState=inactive,SubState=dead", "no such unit")]
    [TestCase("LoadState=masked,ActiveState=inactive,SubState=dead", "cannot be started: masked")]
    [TestCase("ActiveState=inactive,SubState=dead,Type=simple,TriggeredBy=web.socket", "inactive (dead)")]
    public void Does_not_run_as_it_should(string properties, string reason) => Assert.That(Judge(properties, isNamed: true), Is.EqualTo(reason));

    [TestCase("ActiveState=inactive,SubState=dead,TriggeredBy=cups.socket cups.path")]
    [TestCase("ActiveState=inactive,SubState=dead,ConditionResult=no")]
    public void A_unit_that_nobody_named_may_wait_for_its_trigger_or_condition(string properties) => Assert.That(Judge(properties, isNamed: false), Is.Null);

    [Test]
    public void Shortly_after_the_machines_start_an_automatic_unit_may_still_be_away()
    {
        const string away = "ActiveState=inactive,SubState=dead,Type=simple";
        var booted = new ManualTimeProvider(new DateTimeOffset(TimeSpan.FromMinutes(4).Ticks, TimeSpan.Zero));

        Assert.That(Judge(away, isNamed: false, booted), Is.Null);
        Assert.That(Judge(away, isNamed: true, booted), Is.EqualTo("inactive (dead)"));
        Assert.That(Judge(away, isNamed: false), Is.EqualTo("inactive (dead)"));
    }

    [TestCase("ActiveState=active,SubState=running", "active (running)")]
    [TestCase("ActiveState=inactive,SubState=dead", null)]
    [TestCase("ActiveState=failed,SubState=failed", null)]
    public void What_is_to_be_stopped_must_not_run(string properties, string? reason) =>
        Assert.That(Judge(properties, isNamed: true, expect: ExpectedState.Stopped), Is.EqualTo(reason));

    [Test]
    public void What_may_be_in_any_state_is_never_judged() =>
        Assert.That(Judge("ActiveState=failed,SubState=failed", isNamed: true, expect: ExpectedState.Any), Is.Null);

    private string? Judge(string properties, bool isNamed, ManualTimeProvider? time = null, ExpectedState expect = ExpectedState.Running)
    {
        var text = $"Id=web.service\nLoadState=loaded\n{properties.Replace(',', '\n')}\n";
        return new UnitVerdict(SomeOptions.With(expect), time ?? _time).Judge(SystemdUnit.ParseAll(text).Single(), isNamed);
    }
}

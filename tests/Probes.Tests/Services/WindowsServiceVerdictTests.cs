using NocMonitor.Probes.Services;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Services;

public class WindowsServiceVerdictTests
{
    private const int Stopped = 1;
    private const int StartPending = 2;
    private const int Running = 4;
    private const int Paused = 7;

    private static readonly WindowsServiceStart Plain = new(WindowsServiceVerdict.AutomaticStart, IsDelayed: false, HasTriggers: false);
    private static readonly WindowsServiceStart Delayed = Plain with { IsDelayed = true };
    private static readonly WindowsServiceStart Triggered = Plain with { HasTriggers = true };

    [Test]
    public void A_running_service_is_fine_and_any_other_state_is_told()
    {
        Assert.That(Judge(Running, Plain), Is.Null);
        Assert.That(Judge(Stopped, Plain), Is.EqualTo("stopped"));
        Assert.That(Judge(Stopped, Plain, exitCode: 1067), Is.EqualTo("stopped, exit code 1067"));
        Assert.That(Judge(Stopped, Plain, exitCode: 1077), Is.EqualTo("stopped"));
        Assert.That(Judge(Paused, Plain), Is.EqualTo("paused"));
        Assert.That(Judge(StartPending, Plain), Is.EqualTo("starting"));
        Assert.That(Judge(99, Plain), Is.EqualTo("state 99"));
    }

    [Test]
    public void A_delayed_service_has_time_after_the_machines_start()
    {
        Assert.That(Judge(Stopped, Delayed, minutesUp: 4), Is.Null);
        Assert.That(Judge(StartPending, Delayed, minutesUp: 4), Is.Null);
        Assert.That(Judge(Stopped, Delayed, minutesUp: 6), Is.EqualTo("stopped"));
        Assert.That(Judge(Stopped, Plain, minutesUp: 4), Is.EqualTo("stopped"));
    }

    [Test]
    public void A_service_that_waits_for_a_trigger_is_told_only_when_it_is_named()
    {
        Assert.That(Judge(Stopped, Triggered, isNamed: false), Is.Null);
        Assert.That(Judge(Stopped, Triggered, isNamed: true), Is.EqualTo("stopped"));
    }

    [Test]
    public void Stopped_may_be_what_is_expected()
    {
        Assert.That(Judge(Stopped, Plain, expect: ExpectedState.Stopped), Is.Null);
        Assert.That(Judge(Running, Plain, expect: ExpectedState.Stopped), Is.EqualTo("running"));
        Assert.That(Judge(Stopped, Plain, expect: ExpectedState.Any), Is.Null);
    }

    [Test]
    public void The_point_has_its_state_in_fields()
    {
        var point = WindowsServiceVerdict.PointOf(new WindowsServiceStatus("W32Time", "Windows Time", Running, 0, 812), Triggered);

        Assert.That(point.ToString(), Is.EqualTo(
            @"win_services,service_name=W32Time,display_name=Windows\ Time state=4i,delayed_start=false,trigger_start=true,exit_code=0i,startup_mode=2i,pid=812i"));
    }

    private static string? Judge(
        int state, WindowsServiceStart start, bool isNamed = false, int exitCode = 0, int minutesUp = 60, ExpectedState expect = ExpectedState.Running)
    {
        var time = new ManualTimeProvider(new DateTimeOffset(TimeSpan.FromMinutes(minutesUp).Ticks, TimeSpan.Zero));
        return new WindowsServiceVerdict(SomeOptions.With(expect), time).Judge(new WindowsServiceStatus("svc", "Service", state, exitCode, 0), start, isNamed);
    }
}

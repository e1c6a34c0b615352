using NocMonitor.Collector.Alerts;

namespace NocMonitor.Collector.Tests.Alerts;

public class AlertStateMachineTests
{
    private static readonly Hold FiveMinutes = Hold.Of(TimeSpan.FromMinutes(5));

    [Test]
    public void A_pending_alert_fires_once_For_has_passed_in_sample_time()
    {
        new AlertTimeline { Warning = "value > 80", Policy = new AlertPolicy { WarningFor = FiveMinutes } }.Play(
            """
            0s     85  pending
            1m     90  pending
            4m59s  85  pending
            5m     85  warning   raised, pages firing
            6m     99  warning
            """);
    }

    [Test]
    public void A_pending_alert_that_clears_starts_again_from_nothing()
    {
        new AlertTimeline { Warning = "value > 80", Policy = new AlertPolicy { WarningFor = FiveMinutes } }.Play(
            """
            0s     85  pending
            4m     80  inactive
            4m10s  85  pending
            9m     85  pending
            9m10s  85  warning   raised, pages firing
            """);
    }

    [Test]
    public void For_as_a_number_of_samples_does_not_care_how_far_apart_they_are()
    {
        new AlertTimeline { Critical = "value != 0", Policy = new AlertPolicy { CriticalFor = Hold.OfSamples(3) } }.Play(
            """
            0s     1  pending
            250ms  1  pending
            500ms  1  critical  raised, pages firing
            10s    0  critical
            11s    1  critical
            20s    0  critical
            30s    0  inactive  cleared, pages resolved
            60s    1  pending
            5m     1  pending
            10m    1  critical  raised, pages firing
            """);
    }

    [Test]
    public void Between_clear_and_raise_nothing_moves()
    {
        new AlertTimeline { Warning = "value > 85", WarningClear = "value < 75" }.Play(
            """
            0s   80  inactive
            10s  86  warning   raised, pages firing
            20s  80  warning
            30s  70  warning
            40s  80  warning
            50s  70  warning
            60s  70  inactive  cleared, pages resolved
            70s  80  inactive
            """);
    }

    [Test]
    public void Critical_and_warning_have_their_own_clear_conditions_and_run_beside_each_other()
    {
        new AlertTimeline
        {
            Warning = "value > 85",
            WarningClear = "value < 82",
            Critical = "value > 95",
            CriticalClear = "value < 92",
            Policy = new AlertPolicy { WarningFor = FiveMinutes, CriticalFor = FiveMinutes },
        }.Play(
            """
            0s   90  pending
            4m   96  pending
            5m   96  warning   raised, pages firing
            9m   96  critical  escalated, pages firing
            10m  93  critical
            11m  91  critical
            12m  91  warning   deescalated
            13m  84  warning
            14m  81  warning
            15m  81  inactive  cleared, pages resolved
            """);
    }

    [Test]
    public void A_jump_to_critical_is_one_transition()
    {
        new AlertTimeline { Warning = "value > 85", Critical = "value > 95" }.Play(
            """
            0s   99  critical  raised, pages firing
            10s  20  critical
            20s  20  inactive  cleared, pages resolved
            """);
    }

    [Test]
    public void A_sample_older_than_the_last_never_moves_state_and_the_same_sample_twice_changes_nothing()
    {
        new AlertTimeline { Critical = "value > 0", Policy = new AlertPolicy { CriticalFor = Hold.OfSamples(2) } }.Play(
            """
            1m   1  pending
            1m   1  pending
            30s  1  pending
            30s  0  pending
            2m   1  critical  raised, pages firing
            90s  0  critical
            3m   0  critical
            3m   0  critical
            4m   0  inactive  cleared, pages resolved
            """);
    }

    [Test]
    public void A_missing_field_is_unknown_and_never_moves_state()
    {
        new AlertTimeline { Critical = "value > 0", Policy = new AlertPolicy { CriticalFor = Hold.OfSamples(2) } }.Play(
            """
            0s  -  inactive
            1m  1  pending
            2m  -  pending
            3m  1  critical  raised, pages firing
            4m  0  critical
            5m  -  critical
            6m  0  inactive  cleared, pages resolved
            """);
    }

    [Test]
    public void A_gap_never_resolves_the_alert_becomes_stale()
    {
        new AlertTimeline { Critical = "value > 0" }.Play(
            """
            0s  1                critical        raised, pages firing
            0s  silent 1m        critical
            0s  silent 6m stale  critical stale  became stale
            0s  silent 9h stale  critical stale
            9h  1                critical        data returned
            9h  silent 6m stale  critical stale  became stale
            10h  0               critical        data returned
            11h  0               inactive        cleared, pages resolved
            """);
    }

    [Test]
    public void A_hold_begun_before_a_gap_proves_nothing()
    {
        new AlertTimeline { Warning = "value > 80", Policy = new AlertPolicy { WarningFor = FiveMinutes } }.Play(
            """
            0s    85      pending
            1h    gap 85  pending
            64m   85      pending
            65m   85      warning  raised, pages firing
            """);
    }

    [Test]
    public void Silence_raises_on_the_clock_and_two_samples_end_it()
    {
        var policy = new AlertPolicy { HasConditions = false, NoDataWarning = 60_000_000_000, NoDataCritical = 180_000_000_000 };

        new AlertTimeline { Policy = policy }.Play(
            """
            0s   -            inactive
            0s   silent 29s   inactive
            0s   silent 30s   pending
            0s   silent 60s   warning   silent, pages firing
            0s   silent 170s  warning
            0s   silent 180s  critical  silent longer, pages firing
            10m  -            critical
            10m  silent 70s   critical
            20m  -            critical
            21m  -            inactive  cleared, pages resolved
            """);
    }

    [Test]
    public void A_sample_ends_pending_silence()
    {
        var policy = new AlertPolicy { HasConditions = false, NoDataCritical = 60_000_000_000 };

        new AlertTimeline { Policy = policy }.Play(
            """
            0s   -           inactive
            0s   silent 40s  pending
            41s  -           inactive
            """);
    }

    [Test]
    public void A_flapping_alert_pages_once_at_the_start_and_once_at_the_end()
    {
        var policy = new AlertPolicy { FlapChanges = 4, FlapWithin = 20 * 60_000_000_000L, ClearFor = Hold.OfSamples(1) };

        new AlertTimeline { Warning = "value > 1", Critical = "value > 2", Policy = policy }.Play(
            """
            0m   2  warning            raised, pages firing
            1m   0  inactive           cleared, pages resolved
            2m   2  warning            raised, pages firing
            3m   0  calm flapping      flapping started, pages firing
            4m   2  warning flapping   changed while flapping
            5m   0  calm flapping      changed while flapping
            6m   3  critical flapping  raised, pages firing
            7m   0  calm flapping      changed while flapping
            16m  0  calm flapping
            17m  0  inactive           flapping ended, pages resolved
            18m  2  warning            raised, pages firing
            """);
    }

    [Test]
    public void Flapping_that_ends_while_it_fires_pages_that_it_fires()
    {
        var policy = new AlertPolicy { FlapChanges = 3, FlapWithin = 20 * 60_000_000_000L, ClearFor = Hold.OfSamples(1) };

        new AlertTimeline { Warning = "value > 1", Policy = policy }.Play(
            """
            0m   2  warning           raised, pages firing
            1m   0  inactive          cleared, pages resolved
            2m   2  warning flapping  flapping started, pages firing
            11m  2  warning flapping
            12m  2  warning           flapping ended, pages firing
            13m  0  inactive          cleared, pages resolved
            """);
    }

    [Test]
    public void Changes_far_apart_are_not_flapping()
    {
        var policy = new AlertPolicy { FlapChanges = 4, FlapWithin = 20 * 60_000_000_000L, ClearFor = Hold.OfSamples(1) };

        new AlertTimeline { Warning = "value > 1", Policy = policy }.Play(
            """
            0m   2  warning   raised, pages firing
            7m   0  inactive  cleared, pages resolved
            14m  2  warning   raised, pages firing
            21m  0  inactive  cleared, pages resolved
            28m  2  warning   raised, pages firing
            """);
    }

    [Test]
    public void Each_step_pages_once()
    {
        var policy = new AlertPolicy { Steps = [30, 14, 7, 3, 1] };

        new AlertTimeline { Warning = "value < 30", Critical = "value < 7", Policy = policy }.Play(
            """
            0d   30.5  inactive
            1d   29.5  warning   raised, pages firing
            15d  14.5  warning
            16d  13.5  warning   step met, pages firing
            17d  12.5  warning
            23d  6.5   critical  escalated, pages firing
            24d  5.5   critical
            27d  2.5   critical  step met, pages firing
            28d  1.5   critical
            29d  0.5   critical  step met, pages firing
            30d  90    critical
            31d  90    inactive  cleared, pages resolved
            """);
    }

    [Test]
    public void Removing_a_rule_resolves_what_fires_and_forgets_what_is_pending()
    {
        new AlertTimeline { Critical = "value > 0" }.Play(
            """
            0s  1        critical  raised, pages firing
            1s  removed  inactive  rule removed, pages resolved
            """);
        new AlertTimeline { Critical = "value > 0", Policy = new AlertPolicy { CriticalFor = FiveMinutes } }.Play(
            """
            0s  1        pending
            1s  removed  inactive
            """);
    }

    [Test]
    public void An_alert_remembers_when_its_condition_began_to_hold()
    {
        var timeline = new AlertTimeline { Warning = "value > 80", Policy = new AlertPolicy { WarningFor = FiveMinutes } };

        timeline.Play(
            """
            1m  85  pending
            6m  85  warning  raised, pages firing
            """);

        Assert.That(timeline.State.LastSample - timeline.State.Since, Is.EqualTo(TimeSpan.FromMinutes(5).Ticks * 100));
    }

    [Test]
    public void A_series_that_is_calm_again_has_no_state_worth_keeping_once_its_changes_are_forgotten()
    {
        var timeline = new AlertTimeline { Warning = "value > 80" };

        timeline.Play(
            """
            0m   85  warning   raised, pages firing
            1m   10  warning
            2m   10  inactive  cleared, pages resolved
            """);
        var afterClearing = timeline.State.IsAtRest;
        timeline.Play("33m  10  inactive");

        Assert.That((afterClearing, timeline.State.IsAtRest), Is.EqualTo((false, true)));
    }

    [Test]
    public void An_event_that_nobody_ends_is_over_after_its_lifetime_and_never_stale()
    {
        new AlertTimeline { Warning = "value == 1", Policy = new AlertPolicy { Lifetime = 3_600_000_000_000 } }.Play(
            """
            0s     1           warning   raised, pages firing
            10m    silent 10m stale  warning
            50m    1           warning
            51m    silent 59m  warning
            110m   silent 60m  inactive  expired, pages resolved
            111m   silent 61m  inactive
            3h     1           warning   raised, pages firing
            """);
    }

    [Test]
    public void A_silence_that_raised_is_over_after_the_lifetime_and_does_not_raise_again()
    {
        new AlertTimeline { Critical = "value == 1", Policy = new AlertPolicy { NoDataCritical = 900_000_000_000, Lifetime = 3_600_000_000_000 } }.Play(
            """
            0s     0           inactive
            15m    silent 15m  critical  silent, pages firing
            59m    silent 59m  critical
            60m    silent 60m  inactive  expired, pages resolved
            61m    silent 61m  inactive
            """);
    }
}

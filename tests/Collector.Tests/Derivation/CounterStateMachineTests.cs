namespace NocMonitor.Collector.Tests.Derivation;

public class CounterStateMachineTests
{
    [Test]
    public void The_first_sample_has_no_rate_and_each_after_it_has_one() => new CounterTimeline(64).Play(
        """
        0s    1000   first
        60s   7000   100/s
        2m    7000   0/s
        3m    13000  100/s
        """);

    [Test]
    public void A_counter_of_32_bits_wraps() => new CounterTimeline(32) { Beside = "speed=1e8" }.Play(
        """
        0s   4,294,000,000  first
        60s  32,704         wrapped 16666.667/s
        2m   632,704        10000/s
        """);

    [Test]
    public void A_counter_of_64_bits_wraps() => new CounterTimeline(64) { Beside = "speed=1e9" }.Play(
        """
        0s   18,446,744,073,709,551,000  first
        60s  59,384                      wrapped 1000/s
        """);

    [Test]
    public void A_counter_that_falls_by_more_than_the_line_could_have_carried_began_anew() => new CounterTimeline(32) { Beside = "speed=1e8" }.Play(
        """
        0s   2,000,000,000  first
        60s  1,000          reset
        2m   601,000        10000/s
        """);

    [Test]
    public void A_fall_is_no_wrap_when_the_speed_is_not_known() => new CounterTimeline(32).Play(
        """
        0s   4,294,000,000  first
        60s  32,704         reset
        2m   632,704        10000/s
        3m   0              speed=0    reset
        4m   60,000         speed=0    1000/s
        """);

    [Test]
    public void A_device_that_restarted_began_anew_however_its_counters_look() => new CounterTimeline(64) { Beside = "speed=1e9" }.Play(
        """
        0s    5000     up=86400  first
        60s   11000    up=86460  100/s
        2m    400      up=20     reset
        3m    6400     up=80     100/s
        4m    900000   up=10     reset
        5m    906000   up=70     100/s
        """);

    [Test]
    public void A_device_that_restarted_and_is_up_longer_than_before_is_found_by_the_time_that_passed() => new CounterTimeline(64) { Beside = "speed=1e9" }.Play(
        """
        0s   5000   up=60   first
        10m  9000   up=500  reset
        11m  15000  up=560  100/s
        """);

    [Test]
    public void An_uptime_that_passes_its_end_after_497_days_is_no_restart() => new CounterTimeline(64) { Beside = "speed=1e9" }.Play(
        """
        0s   5000   up=42949650     first
        60s  11000  up=37.3         100/s
        2m   17000  up=97.3         100/s
        """);

    [Test]
    public void A_device_restarted_in_its_497th_day_all_the_same_is_found() => new CounterTimeline(64) { Beside = "speed=1e9" }.Play(
        """
        0s   5000   up=42900000  first
        60s  11000  up=37        reset
        """);

    [Test]
    public void What_the_device_calls_a_discontinuity_is_one() => new CounterTimeline(64) { Beside = "speed=1e9" }.Play(
        """
        0s   5000    disc=0      first
        60s  11000   disc=0      100/s
        2m   700000  disc=12345  reset
        3m   706000  disc=12345  100/s
        4m   712000              100/s
        5m   718000  disc=12345  100/s
        """);

    [Test]
    public void Another_row_of_the_table_under_the_same_name_began_anew() => new CounterTimeline(64) { Beside = "speed=1e9" }.Play(
        """
        0s   5000   row=7   first
        60s  11000  row=12  reset
        2m   17000  row=12  100/s
        """);

    [Test]
    public void More_than_the_line_can_carry_is_dropped_and_the_next_starts_from_there() => new CounterTimeline(64) { Beside = "speed=1e6" }.Play(
        """
        0s   0           first
        60s  8,100,000   impossible
        2m   15,600,000  125000/s
        3m   23,700,000  impossible
        4m   23,700,000  0/s
        """);

    [Test]
    public void A_little_more_than_the_speed_is_the_jitter_of_two_clocks() => new CounterTimeline(64) { Beside = "speed=1e6" }.Play(
        """
        0s   0          first
        60s  7,900,000  131666.667/s
        """);

    [Test]
    public void A_counter_that_was_zero_for_a_moment_makes_no_spike() => new CounterTimeline(64) { Beside = "speed=1e9" }.Play(
        """
        0s   900,000,000,000,000  first
        60s  0                    reset
        2m   900,000,060,000,000  impossible
        3m   900,000,120,000,000  1000000/s
        """);

    [Test]
    public void Without_a_speed_nothing_is_faster_than_any_line() => new CounterTimeline(64).Play(
        """
        0s   0                       first
        60s  900,000,000,000,000     impossible
        2m   900,000,060,000,000     1000000/s
        """);

    [Test]
    public void A_line_that_changed_its_speed_in_between_may_have_carried_what_the_faster_one_allows() => new CounterTimeline(64).Play(
        """
        0s   0              speed=1e9  first
        60s  6,000,000,000  speed=1e8  100000000/s
        2m   12,000,000,000  speed=1e8  impossible
        """);

    [Test]
    public void A_counter_that_may_have_gone_round_twice_says_nothing() => new CounterTimeline(32, mayLap: true) { Beside = "speed=1e9" }.Play(
        """
        0s   1,000,000  first
        60s  2,000,000  ambiguous
        70s  3,000,000  100000/s
        80s  3,000,000  0/s
        """);

    [Test]
    public void A_sample_that_comes_twice_or_late_has_no_rate_and_harms_none() => new CounterTimeline(64).Play(
        """
        0s    0      first
        60s   6000   100/s
        60s   6000   not newer
        30s   3000   not newer
        2m    12000  100/s
        """);

    [Test]
    public void Two_samples_within_a_second_leave_the_older_one_as_the_start() => new CounterTimeline(64).Play(
        """
        0s     0      first
        60s    6000   100/s
        60.5s  6000   too soon
        2m     12000  100/s
        """);

    [Test]
    public void Over_a_long_gap_no_rate_is_made() => new CounterTimeline(64) { MaxGap = 600_000_000_000 }.Play(
        """
        0s    0      first
        10m   60000  100/s
        21m   61000  gap
        22m   67000  100/s
        """);

    [Test]
    public void A_sample_without_the_counter_is_passed_over() => new CounterTimeline(64).Play(
        """
        0s   0      first
        60s  -      absent
        2m   12000  100/s
        """);

    [Test]
    public void A_counter_that_was_missing_when_the_device_restarted_starts_anew() => new CounterTimeline(64) { Beside = "speed=1e9" }.Play(
        """
        0s   500    up=900  first
        60s  -      up=5    absent
        2m   12000  up=65   reset
        3m   18000  up=125  100/s
        """);
}

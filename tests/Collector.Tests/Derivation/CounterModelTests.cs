using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using NocMonitor.Collector.Derivation;

namespace NocMonitor.Collector.Tests.Derivation;

/// <summary>The state machine against a device that knows the truth, through wraps, restarts, renumbering and holes.</summary>
public class CounterModelTests
{
    private static readonly CounterPolicy Narrow = new() { Counters = [new CounterDefinition("counter", 32, 8, MayLap: true)] };
    private static readonly CounterPolicy Wide = new() { Counters = [new CounterDefinition("counter", 64, 8, MayLap: false)] };

    [TestCase(1e6)]
    [TestCase(1e8)]
    [TestCase(1e9)]
    public void A_rate_of_32_bits_is_the_truth_and_missing_only_where_it_cannot_be_told(double speed) =>
        Check(stretches => TellsTheTruth(Narrow, speed, BigInteger.Pow(2, 32) - 1_000_000, stretches));

    [TestCase(1e6)]
    [TestCase(1e9)]
    [TestCase(4e11)]
    public void A_rate_of_64_bits_is_the_truth_and_missing_only_where_it_cannot_be_told(double speed) =>
        Check(stretches => TellsTheTruth(Wide, speed, BigInteger.Pow(2, 64) - 1_000_000, stretches));

    [TestCase(32)]
    [TestCase(64)]
    public void Without_any_sign_of_a_restart_no_rate_is_more_than_the_line_carries(int bits) =>
        Check(stretches => StaysPossible(bits == 32 ? Narrow : Wide, BigInteger.Pow(2, bits) - 1_000_000, stretches));

    private static void Check(Func<IReadOnlyList<Stretch>, bool> holds) =>
        Prop.ForAll(Stretch.Any.ListOf().Select(list => (IReadOnlyList<Stretch>)[.. list]).ToArbitrary(), holds)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static bool TellsTheTruth(CounterPolicy policy, double speed, BigInteger start, IReadOnlyList<Stretch> stretches)
    {
        var model = new CounterModel(policy.Counters[0].Bits, speed, start);
        var state = new CounterState(1);
        foreach (var stretch in stretches)
        {
            model.Live(stretch);
            var reading = Observe(policy, state, model.Show(stretch.Incident == Incident.Hole));
            if (reading.HasRate != CanTell(policy, model, stretch, speed))
            {
                return false;
            }

            if (reading.HasRate && Math.Abs((reading.PerSecond * model.Elapsed / 1e9) - (double)model.Grown) > 1 + ((double)model.Grown * 1e-9))
            {
                return false;
            }

            if (reading.Outcome is not (CounterOutcome.Absent or CounterOutcome.TooSoon or CounterOutcome.NotNewer))
            {
                model.StartFromHere();
            }
        }

        return true;
    }

    private static bool CanTell(CounterPolicy policy, CounterModel model, Stretch stretch, double speed)
    {
        var most = speed / 8 * (1 + policy.Tolerance) * ((model.Elapsed / 1e9) + policy.Jitter);
        return stretch.Incident != Incident.Hole && !model.Broken && model.Elapsed >= policy.MinElapsed && model.Elapsed <= policy.MaxGap
            && (policy.Counters[0].Bits == 64 || most <= uint.MaxValue);
    }

    private static bool StaysPossible(CounterPolicy policy, BigInteger start, IReadOnlyList<Stretch> stretches)
    {
        const double Speed = 1e8;
        var model = new CounterModel(policy.Counters[0].Bits, Speed, start);
        var state = new CounterState(1);
        foreach (var stretch in stretches)
        {
            model.Live(stretch);
            var reading = Observe(policy, state, model.Show(stretch.Incident == Incident.Hole, signs: false));
            if (reading.HasRate && reading.PerSecond > Speed / 8 * (1 + policy.Tolerance) * (1 + (policy.Jitter / (policy.MinElapsed / 1e9))))
            {
                return false;
            }
        }

        return true;
    }

    private static CounterReading Observe(CounterPolicy policy, CounterState state, CounterSample sample)
    {
        var readings = new CounterReading[1];
        CounterStateMachine.Observe(policy, state, sample, readings);
        return readings[0];
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using NocMonitor.Collector.Derivation;
using NocMonitor.Configuration;

namespace NocMonitor.Collector.Tests.Derivation;

/// <summary>
/// Plays a timeline against the state machine of counters. A line is a sample, its columns two blanks apart: its time, the counter's value (<c>-</c> for a sample
/// without it), what stands beside it (<c>up=</c> seconds, <c>disc=</c>, <c>row=</c>, <c>speed=</c> bits a second), and what must come of it.
/// </summary>
internal sealed partial class CounterTimeline(int bits, bool mayLap = false)
{
    private static readonly long Start = 1_700_000_000_000_000_000;

    public long MaxGap { get; init; } = 15 * 60 * 1_000_000_000L;

    /// <summary>Stands beside every sample that says nothing else.</summary>
    public string Beside { get; init; } = "";

    public void Play(string script)
    {
        var policy = new CounterPolicy { MaxGap = MaxGap, Counters = [new CounterDefinition("counter", bits, 8, mayLap)] };
        var state = new CounterState(1);
        foreach (var line in script.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var columns = Columns().Split(line.Trim());
            var sample = Sample(columns, $"{Beside} {(columns.Length > 3 ? columns[2] : "")}");
            var readings = new CounterReading[1];

            CounterStateMachine.Observe(policy, state, sample, readings);

            Assert.That(Describe(readings[0]), Is.EqualTo(columns[^1]), line);
        }
    }

    private static CounterSample Sample(string[] columns, string beside)
    {
        Assert.That(Duration.TryParse(columns[0], out var time), Is.True, $"'{columns[0]}' is no time");
        var sample = new CounterSample(1);
        sample.Clear(Start + (time.Ticks * 100));
        if (columns[1] != "-")
        {
            sample.Set(0, ulong.Parse(columns[1], NumberStyles.AllowThousands, CultureInfo.InvariantCulture));
        }

        foreach (var pair in beside.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (pair[..pair.IndexOf('=', StringComparison.Ordinal)], Number(pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]));
            switch (name)
            {
                case "up":
                    sample.Uptime = value;
                    break;
                case "disc":
                    sample.Discontinuity = value;
                    break;
                case "row":
                    sample.Row = value;
                    break;
                default:
                    sample.Speed = value;
                    break;
            }
        }

        return sample;
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Describe(CounterReading reading) => reading.Outcome switch
    {
        CounterOutcome.Rate => string.Create(CultureInfo.InvariantCulture, $"{reading.PerSecond:0.###}/s"),
        CounterOutcome.Wrapped => string.Create(CultureInfo.InvariantCulture, $"wrapped {reading.PerSecond:0.###}/s"),
        _ => Capitals().Replace(reading.Outcome.ToString(), " $1").Trim().ToLowerInvariant(),
    };

    [GeneratedRegex(" {2,}")]
    private static partial Regex Columns();

    [GeneratedRegex("([A-Z])")]
    private static partial Regex Capitals();
}

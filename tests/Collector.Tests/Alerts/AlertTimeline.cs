using System.Text.RegularExpressions;
using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Rules.Language;
using NocMonitor.Configuration;

namespace NocMonitor.Collector.Tests.Alerts;

/// <summary>
/// Plays a timeline against the state machine. A line is a step, its columns two blanks apart: the sample's time, what happens, the state
/// expected afterwards, and for a transition its reason with what is paged.
/// What happens is a value, <c>-</c> for a sample without the field, <c>gap VALUE</c> for a sample after a gap, or <c>silent 60s</c> for a look
/// at the clock (<c>stale</c> behind it when that is unusually long). A line without a fourth column must be no transition.
/// </summary>
internal sealed partial class AlertTimeline
{
    private static readonly long Start = 1_700_000_000_000_000_000;

    private readonly FieldSlots _slots = new();
    private readonly ConditionFrame _frame = new();

    public AlertPolicy Policy { get; init; } = new();

    public string? Warning { get; init; }

    public string? WarningClear { get; init; }

    public string? Critical { get; init; }

    public string? CriticalClear { get; init; }

    public AlertState State { get; private set; } = new();

    public void Play(string script)
    {
        foreach (var line in script.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#')))
        {
            var columns = Columns().Split(line.Trim());

            var step = Advance(Start + Nanoseconds(columns[0]), columns[1].Split(' '));

            Assert.That(Describe(State), Is.EqualTo(columns[2]), $"state after: {line} ({step.Reason})");
            Assert.That(Describe(step), Is.EqualTo(columns.Length > 3 ? columns[3] : ""), $"transition of: {line} ({step.Reason})");
            State = Restored(State);
        }
    }

    private Step Advance(long time, string[] words)
    {
        if (words[0] == "silent")
        {
            return AlertStateMachine.Listen(Policy, State, Nanoseconds(words[1]), stale: words is [.., "stale"]);
        }

        if (words[0] == "removed")
        {
            return AlertStateMachine.Remove(State);
        }

        var value = words[^1] == "-" ? double.NaN : double.Parse(words[^1], System.Globalization.CultureInfo.InvariantCulture);
        var (warning, warningClear) = Evaluate(Warning, WarningClear, value);
        var (critical, criticalClear) = Evaluate(Critical, CriticalClear, value);
        return AlertStateMachine.Observe(
            Policy, State, new Observation(time, warning, warningClear, critical, criticalClear, AfterGap: words[0] == "gap", StepValue: value));
    }

    private static long Nanoseconds(string text)
    {
        Assert.That(Duration.TryParse(text, out var time), Is.True, $"'{text}' is no time");
        return time.Ticks * 100;
    }

    private (Truth Raise, Truth Clear) Evaluate(string? raise, string? clear, double value)
    {
        if (raise is null)
        {
            return (Truth.Unknown, Truth.Unknown);
        }

        var raised = Evaluate(raise, value);
        var cleared = clear is null ? raised switch { Truth.True => Truth.False, Truth.False => Truth.True, _ => Truth.Unknown } : Evaluate(clear, value);
        return (raised, cleared);
    }

    private Truth Evaluate(string text, double value)
    {
        var condition = Condition.Compile(text, _slots, out var error);
        Assert.That(error, Is.Null);
        _frame.Clear(_slots.Count);
        _frame.Values[_slots.Number("value")] = value;
        return condition!.Evaluate(_frame);
    }

    /// <summary>Each step starts from the state as a restart would find it.</summary>
    private static AlertState Restored(AlertState state) => AlertStateText.Read(AlertStateText.Write(state));

    private static string Describe(AlertState state)
    {
        var words = new List<string> { state.Severity == Severity.None ? state.Phase.ToString() : state.Severity.ToString() };
        if (state is { Phase: AlertPhase.Firing, Severity: Severity.None })
        {
            words = ["calm"];
        }

        if (state.Stale)
        {
            words.Add("stale");
        }

        if (state.Flapping)
        {
            words.Add("flapping");
        }

        return string.Join(' ', words).ToLowerInvariant();
    }

    private static string Describe(Step step)
    {
        if (!step.IsTransition)
        {
            return "";
        }

        var reason = Capitals().Replace(step.Reason.ToString(), " $1").Trim().ToLowerInvariant();
        return step.Page == PageKind.None ? reason : $"{reason}, pages {step.Page.ToString().ToLowerInvariant()}";
    }

    [GeneratedRegex(" {2,}")]
    private static partial Regex Columns();

    [GeneratedRegex("([A-Z])")]
    private static partial Regex Capitals();
}

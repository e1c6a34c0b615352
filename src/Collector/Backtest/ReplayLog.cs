using NocMonitor.Collector.Alerts;

namespace NocMonitor.Collector.Backtest;

/// <summary>A transition during a replay.</summary>
internal readonly record struct ReplayStep(long Time, Step Step);

/// <summary>From a time on the alert was in a phase.</summary>
internal readonly record struct PhaseChange(long Time, AlertPhase Phase);

/// <summary>What the replay of one rule on one series came to, in order of time.</summary>
internal sealed class ReplayLog
{
    private readonly List<ReplayStep> _steps = [];
    private readonly List<PhaseChange> _phases = [];

    public IReadOnlyList<ReplayStep> Steps => _steps;

    public IReadOnlyList<PhaseChange> Phases => _phases;

    /// <summary>Samples that were judged.</summary>
    public long Samples { get; set; }

    /// <summary>The time of the first of them in nanoseconds since 1970; without one <see cref="long.MaxValue"/>.</summary>
    public long First { get; set; } = long.MaxValue;

    public void Note(long time, Step step, AlertPhase phase)
    {
        if (step.IsTransition)
        {
            _steps.Add(new ReplayStep(time, step));
        }

        if (phase != (_phases.Count == 0 ? AlertPhase.Inactive : _phases[^1].Phase))
        {
            _phases.Add(new PhaseChange(time, phase));
        }
    }
}

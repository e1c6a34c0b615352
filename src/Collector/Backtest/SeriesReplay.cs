using System.Runtime.InteropServices;
using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Rules.Definition;
using NocMonitor.Collector.Rules.Evaluation;
using NocMonitor.Collector.Rules.Language;
using NocMonitor.Collector.Rules.Windows;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Backtest;

/// <summary>
/// Replays what the store has of one identity through one rule, as the engine would have seen it had every sample arrived at its own time: the same
/// conditions, windows and state machine, and silence where samples are missing. One thread's.
/// </summary>
internal sealed class SeriesReplay(TimeSeriesStore store) : IDisposable
{
    private const int StaleIntervals = 3;

    private readonly ConditionFrame _frame = new();
    private readonly SeriesHistory _history = new(store);
    private readonly RowMerge _rows = new(store);
    private readonly List<long> _silences = [];

    // Of the identity that is being replayed.
    private ReplayLog _log = new();
    private SeriesIdentity _identity = null!;
    private RuleVariant _variant = null!;
    private AlertState? _state;

    /// <param name="series">Those that share an identity; mostly one.</param>
    /// <param name="from">Nanoseconds since 1970; the alert begins at rest there, windows are filled with what lies before.</param>
    /// <param name="to">Nanoseconds since 1970, exclusive.</param>
    public ReplayLog Run(BoundRules bound, IReadOnlyList<Series> series, long from, long to, CancellationToken token)
    {
        (_log, _state, _variant) = (new ReplayLog(), null, bound.Variants[0]);
        _identity = new SeriesIdentity(bound, series[0]);
        _identity.MakeWindows();
        _rows.Open(series, bound.Slots, from, to);
        if (_identity.Windows is not null)
        {
            _history.FillWindows(_identity, new FieldMap(series[0].Fields, bound.Slots), from);
        }

        while (_rows.Read())
        {
            _log.First = Math.Min(_log.First, _rows.Time);
            if ((++_log.Samples & 0xFFF) == 0)
            {
                token.ThrowIfCancellationRequested();
            }

            Take();
        }

        ListenUntil(to);
        return _log;
    }

    public void Dispose()
    {
        _history.Dispose();
        _rows.Dispose();
    }

    private void Take()
    {
        var time = _rows.Time;
        ListenUntil(time);
        var gap = _identity.Advance(time);
        _rows.Fill(_frame, _identity.Bound.Slots);
        _frame.Feed(_identity);
        RefreshBaselines(time);
        if (_identity.WasEvaluated(0))
        {
            return;
        }

        var warning = _variant.Warning?.Evaluate(_frame) ?? Truth.Unknown;
        var critical = _variant.Critical?.Evaluate(_frame) ?? Truth.Unknown;
        if (warning != Truth.Unknown || critical != Truth.Unknown || !_variant.Policy.HasConditions)
        {
            _identity.NoteEvaluated(0);
        }

        if (_state is null && warning != Truth.True && critical != Truth.True)
        {
            return;
        }

        var state = _state ??= new AlertState();
        Note(time, AlertStateMachine.Observe(_variant.Policy, state, _variant.Observe(_frame, warning, critical, gap)));
    }

    /// <summary>The looks at the clock between two samples that can have changed anything, at the moments when they did.</summary>
    private void ListenUntil(long time)
    {
        var last = _identity.LastTime;
        var policy = _variant.Policy;
        if (last == AlertState.NoSample || (_state is null && !policy.WatchesSilence))
        {
            return;
        }

        var unusual = Math.Max(_variant.StaleAfter, StaleIntervals * _identity.Interval) + 1;
        _silences.Clear();
        _silences.AddRange([unusual, policy.NoDataWarning, policy.NoDataCritical, policy.WatchesSilence ? policy.SilenceToPend : 0]);
        _silences.Sort();
        foreach (var silence in _silences.Where(silence => silence > 0 && last + silence < time))
        {
            if (_state is null && silence < policy.SilenceToPend)
            {
                continue;
            }

            var state = _state ??= new AlertState { LastSample = last };
            Note(last + silence, AlertStateMachine.Listen(policy, state, silence, stale: silence >= unusual));
            if (_state is null && !policy.WatchesSilence)
            {
                return;
            }
        }
    }

    private void Note(long time, Step step)
    {
        _log.Note(time, step, _state!.Phase);
        if (_state.IsAtRest)
        {
            _state = null;
        }
    }

    private void RefreshBaselines(long time)
    {
        if (_identity.Windows is not { } windows)
        {
            return;
        }

        for (var index = 0; index < windows.Length; index++)
        {
            if (windows[index] is BaselineWindow baseline && baseline.IsDue(time))
            {
                var field = _rows.FieldOf(_identity.Bound.Slots.Windows[index].Slot);
                baseline.Load(time, CollectionsMarshal.AsSpan(_history.SameHours(_identity.Series, field, time)));
            }
        }
    }
}

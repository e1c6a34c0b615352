using System.Runtime.InteropServices;
using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Rules.Windows;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Rules.Evaluation;

/// <summary>Taking over series that were known before the start, and what their baselines were.</summary>
internal sealed partial class RuleShard
{
    /// <summary>How many baselines are read from the store for one batch: the others keep last hour's until their turn.</summary>
    private const int BaselinesPerBatch = 20;

    private int _baselinesLeft;
    private (long Last, Dictionary<int, HashSet<long>> Times) _onTheWay = (-1, []);

    /// <summary>When the engine was started, in nanoseconds since 1970.</summary>
    public long StartedAt { get; set; }

    /// <summary>The first sample of a series: windows and newest time come back from the store when it knew the series before.</summary>
    private void Adopt(EvaluationWork work, in SampleRow row, SeriesBinding binding)
    {
        var identity = binding.Identity;
        Watch(identity);
        identity.MakeWindows();
        if (!identity.HasHistory)
        {
            return;
        }

        identity.HasHistory = false;
        if (identity.Windows is not null)
        {
            _history.FillWindows(identity, binding.Map, row.Timestamp);
        }

        if (identity.LastTime == AlertState.NoSample)
        {
            identity.LastTime = NewestBefore(work, row.Series);
        }
    }

    /// <summary>
    /// The newest time that was seen before the samples in hand: what the store has beyond them. Not what lies after the start, nor what was committed a moment ago
    /// and is still on its way to here: that is newer, and its turn comes.
    /// </summary>
    private long NewestBefore(EvaluationWork work, Series series)
    {
        if (work.Replayed is { } replayed)
        {
            return _history.NewestAfter(series, replayed.GetValueOrDefault(series.Id, long.MinValue), static _ => true) ?? AlertState.NoSample;
        }

        var horizon = long.MinValue;
        foreach (var (index, _) in work.Rows[number].Items)
        {
            ref readonly var other = ref work.Batch!.Rows[index];
            horizon = ReferenceEquals(other.Series, series) ? Math.Max(horizon, other.Timestamp) : horizon;
        }

        // Mostly nothing is newer, and then the log need not be asked.
        return _history.NewestAfter(series, horizon, time => time <= StartedAt && !OnTheWay(work.Batch!.Sequence, series.Id, time)) ?? AlertState.NoSample;
    }

    private bool OnTheWay(long sequence, int series, long time)
    {
        if (IsKnownOnTheWay(series, time))
        {
            return true;
        }

        var last = store.LastSequence;
        if (_onTheWay.Last == last)
        {
            return false;
        }

        _onTheWay = (last, _history.TimesOnTheWay(sequence));
        return IsKnownOnTheWay(series, time);
    }

    private bool IsKnownOnTheWay(int series, long time) => _onTheWay.Times.TryGetValue(series, out var times) && times.Contains(time);

    private void RefreshBaselines(SeriesBinding binding, long time)
    {
        if (binding.Identity.Windows is not { } windows)
        {
            return;
        }

        foreach (var window in windows)
        {
            if (window is BaselineWindow baseline && baseline.IsDue(time))
            {
                Refresh(binding, baseline, Array.IndexOf(windows, window), time);
            }
        }
    }

    private void Refresh(SeriesBinding binding, BaselineWindow baseline, int index, long time)
    {
        // A new hour makes all of them due at once; a batch must not wait for all of them.
        if (_baselinesLeft > 0)
        {
            _baselinesLeft--;
            var field = binding.Map.FieldOf(binding.Identity.Bound.Slots.Windows[index].Slot);
            baseline.Load(time, CollectionsMarshal.AsSpan(_history.SameHours(binding.Identity.Series, field, time)));
        }
    }
}

namespace NocMonitor.Collector.Rules.Windows;

/// <summary>How often a value changed within the window; changes within one slice are counted and share their time.</summary>
internal sealed class ChangeWindow(long length) : SeriesWindow
{
    private readonly long _slice = Math.Max(1, length / Slices);
    private Ring<(long Time, int Changes)> _changes;
    private double _value = double.NaN;
    private long _time;

    protected override void Add(long time, double value)
    {
        _time = time;
        if (!double.IsNaN(_value) && value != _value)
        {
            Note(time);
        }

        _value = value;
        while (_changes.Count > 0 && _changes[0].Time <= _time - length)
        {
            _changes.DropFirst();
        }
    }

    public double Changes()
    {
        var sum = 0;
        for (var i = 0; i < _changes.Count; i++)
        {
            sum += _changes[i].Changes;
        }

        return sum;
    }

    private void Note(long time)
    {
        if (_changes.Count > 0 && _changes.Last.Time / _slice == time / _slice)
        {
            ref var last = ref _changes.Last;
            last = (time, last.Changes + 1);
        }
        else
        {
            _changes.Append((time, 1));
        }
    }
}

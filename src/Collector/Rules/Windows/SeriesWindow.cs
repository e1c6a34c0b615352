namespace NocMonitor.Collector.Rules.Windows;

/// <summary>What a window remembers.</summary>
internal enum WindowKind
{
    /// <summary>Levels over the window: averages, extremes, trends.</summary>
    Levels,

    /// <summary>A counter's growth, resets and wraps taken out.</summary>
    Counter,

    /// <summary>How often the value changed.</summary>
    Changes,

    /// <summary>The same hour of the week in the weeks before.</summary>
    Baseline,
}

/// <summary>A window that conditions ask for: of which slot's field, what it remembers and how far back in nanoseconds.</summary>
internal readonly record struct WindowSpec(int Slot, WindowKind Kind, long Length)
{
    public SeriesWindow Create() => Kind switch
    {
        WindowKind.Levels => new LevelWindow(Length),
        WindowKind.Counter => new CounterWindow(Length),
        WindowKind.Changes => new ChangeWindow(Length),
        _ => new BaselineWindow(),
    };
}

/// <summary>
/// The recent past of one field of one series, bounded in memory whatever the length of the window and the rate of samples. Samples come in
/// order of time. Belongs to the shard that owns the series.
/// </summary>
internal abstract class SeriesWindow
{
    /// <summary>A window is cut into this many slices; samples that fall into the same slice share one place.</summary>
    public const int Slices = 120;

    private long _newest = long.MinValue;

    /// <summary>Takes a sample in, unless one of that time or a newer one was taken before.</summary>
    public void Take(long time, double value)
    {
        if (time > _newest)
        {
            _newest = time;
            Add(time, value);
        }
    }

    protected abstract void Add(long time, double value);
}

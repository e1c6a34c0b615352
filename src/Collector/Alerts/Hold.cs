using System.Globalization;
using NocMonitor.Configuration;

namespace NocMonitor.Collector.Alerts;

/// <summary>How long something must hold: a stretch of sample time, or a number of samples one after the other.</summary>
/// <param name="Nanoseconds">Counts when <paramref name="Samples"/> is 0.</param>
internal readonly record struct Hold(long Nanoseconds, int Samples)
{
    private const int MostSamples = 10_000;

    public static Hold Of(TimeSpan time) => new(time.Ticks * 100, 0);

    public static Hold OfSamples(int samples) => new(0, samples);

    /// <summary>Whether it has held long enough: since the first sample's time, over so many samples with this one.</summary>
    public bool IsMet(long since, long time, int samples) => Samples > 0 ? samples >= Samples : time - since >= Nanoseconds;

    /// <summary>Reads <c>5m</c>, <c>3 samples</c> or <c>1 sample</c>.</summary>
    public static bool TryParse(string text, out Hold hold)
    {
        hold = default;
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is [var count, "sample" or "samples"])
        {
            var good = int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var samples) && samples is >= 1 and <= MostSamples;
            hold = OfSamples(samples);
            return good;
        }

        if (words.Length != 1 || !Duration.TryParse(words[0], out var time) || time > TimeSpan.FromDays(365))
        {
            return false;
        }

        hold = Of(time);
        return true;
    }

    public override string ToString() => Samples switch
    {
        0 => Duration.Format(new TimeSpan(Nanoseconds / 100)),
        1 => "1 sample",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Samples} samples"),
    };
}

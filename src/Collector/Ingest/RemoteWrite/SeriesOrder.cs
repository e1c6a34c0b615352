using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Ingest.RemoteWrite;

/// <summary>
/// Which series a sender named after which the last time. It names them in the same order again and again, so that the labels of the next one are mostly compared with one key, not
/// written as a key and looked up. Eight bytes a series of the store, by its id. Any thread, without a lock but for growing: what is written here is the same whoever writes it,
/// or a guess that is checked; what is lost while it grows is found out again.
/// </summary>
internal sealed class SeriesOrder(TimeSeriesStore store, IngestOptions options)
{
    /// <summary>More than the value and the time of a line take.</summary>
    public const int RestOfLine = 64;

    /// <summary>Series with longer keys are looked up.</summary>
    private const int LongestCompared = 512;

    private readonly Lock _growing = new();
    private volatile Entry[] _entries = [];

    /// <summary>The series that came after one; null when nothing is known.</summary>
    public Series? After(Series? last)
    {
        var entries = _entries;
        return last is not null && last.Id < entries.Length && entries[last.Id].NextPlusOne is > 0 and var next ? store.Index.Find(next - 1) : null;
    }

    public void Note(Series last, Series next) => EntryOf(last).NextPlusOne = next.Id + 1;

    /// <summary>Where the labels end that a series of a message has in front, when they are those of a known one; else -1, which may also mean that comparing does not tell.</summary>
    public int EndOfLabels(ReadOnlySpan<byte> series, Series known)
    {
        Span<byte> copy = stackalloc byte[LongestCompared];
        if (!known.TryCopyKey(copy, out var length))
        {
            return -1;
        }

        var key = copy[..length];
        ref var entry = ref EntryOf(known);
        if (entry.TagsPlusOne == 0)
        {
            var tags = LabelMatch.TagsOfPlain(key);
            entry.TagsPlusOne = tags >= 0 && Fits(key.Length, tags) ? tags + 1 : -1;
        }

        return entry.TagsPlusOne > 0 ? LabelMatch.EndOfLabels(series, key, entry.TagsPlusOne - 1) : -1;
    }

    /// <summary>Whether every line of a series is within the limits of lines.</summary>
    public bool Fits(int keyLength, int tags) => keyLength + RestOfLine <= options.MaxLineBytes && tags <= options.MaxTags;

    private ref Entry EntryOf(Series series)
    {
        if (series.Id >= _entries.Length)
        {
            Grow(series.Id);
        }

        return ref _entries[series.Id];
    }

    private void Grow(int id)
    {
        lock (_growing)
        {
            var entries = _entries;
            if (id >= entries.Length)
            {
                Array.Resize(ref entries, Math.Max(id + 1, store.Index.Count + (store.Index.Count / 4)));
                _entries = entries;
            }
        }
    }

    private struct Entry
    {
        public int NextPlusOne;

        /// <summary>0 as long as nobody looked, -1 when the key is not plain or near a limit.</summary>
        public int TagsPlusOne;
    }
}

using System.Buffers;
using System.Text;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Codecs;
using NocMonitor.TimeSeries.Heads;
using NocMonitor.TimeSeries.Index;

namespace NocMonitor.TimeSeries;

/// <summary>
/// A measurement with a tag set. Safe to use as a dictionary key; a series that was forgotten and comes back is another object with another id. Its head is guarded by a lock
/// on the series itself, which nobody outside this project takes; everything else is read without one.
/// </summary>
public sealed class Series
{
    private readonly byte[] _keySlab;
    private readonly int _keyAt;
    private volatile FieldLayout _layout;
    private volatile bool _forgotten;

    internal Series(int id, KeyBytes key, FieldLayout layout, Origin origin, int newestBucket)
    {
        NewestBucket = newestBucket;
        NewestOnDisk = newestBucket == int.MinValue ? long.MinValue : long.MaxValue;
        Id = id;
        (_keySlab, _keyAt) = (key.Slab, key.At);
        _layout = layout;
        Origin = origin;
    }

    /// <summary>Dense from 0. Not given to another series while this process runs, nor later as long as anything on disk names it.</summary>
    public int Id { get; }

    /// <summary>Measurement and tags. Made anew at each call, but for texts that other series share: a caller that needs it often keeps it.</summary>
    public SeriesKey Key => new(Measurement.Name, Keys.Tags(KeyRecord, keepsRare: false));

    /// <summary>The fields in the order they first came; grows at the end only.</summary>
    public IReadOnlyList<SeriesField> Fields => _layout.Fields;

    /// <summary>Who brought the series: the agent or token name of the batch that made it.</summary>
    public string OriginName => Origin.Name;

    internal Origin Origin { get; }

    internal Measurement Measurement => _layout.Measurement;

    /// <summary>The key as <see cref="SeriesKeys"/> has it.</summary>
    internal KeyBytes KeyRecord => _forgotten ? Keys.Kept(this) : new KeyBytes(_keySlab, _keyAt);

    /// <summary>The tags in order of their keys. Texts are kept for the next who asks.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Tags => Keys.Tags(KeyRecord, keepsRare: true);

    private SeriesKeys Keys => _layout.Measurement.Keys;

    internal FieldLayout Layout
    {
        get => _layout;
        set => _layout = value;
    }

    /// <summary>Is in the queue of heads that have grown enough for a chunk. Set by the log's thread, cleared by the compaction.</summary>
    internal volatile bool AwaitsFlush;

    /// <summary>Was dropped, and nothing came for it since: nobody who asks for series is told of it. Written under a lock on this.</summary>
    internal volatile bool IsDropped;

    /// <summary>Has nothing stored and is in the index no more. Final; written under locks on the index and on this.</summary>
    public bool IsForgotten => _forgotten;

    /// <summary>No sample lies in a later hour; written under a lock on this. After a start it is the newest hour of the whole store until the next sample.</summary>
    internal int NewestBucket;

    /// <summary>No sample on disk has a later time. After a start nothing is known, which is the largest number. Guarded by a lock on this.</summary>
    internal long NewestOnDisk;

    /// <summary>Samples that are in the log and not yet in a chunk. Guarded by a lock on this.</summary>
    internal SeriesHead Head;

    internal void MarkForgotten() => _forgotten = true;

    /// <summary>The index of a field by name, or -1 when no point of the series carried it yet.</summary>
    public int FindField(string name)
    {
        var fields = _layout.Fields;
        for (var i = 0; i < fields.Length; i++)
        {
            if (string.Equals(fields[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Writes measurement and tags as line protocol has them, tags sorted: the beginning of a line, UTF-8.</summary>
    public void WriteKey(IBufferWriter<byte> output)
    {
        var record = KeyRecord.Span;
        output.Advance(Keys.CopyTo(record, output.GetSpan(Keys.Length(record))));
    }

    /// <summary>As <see cref="WriteKey(IBufferWriter{byte})"/>; false, with nothing written, when there is no room.</summary>
    public bool TryCopyKey(Span<byte> target, out int written)
    {
        var record = KeyRecord.Span;
        written = 0;
        if (Keys.Length(record) > target.Length)
        {
            return false;
        }

        written = Keys.CopyTo(record, target);
        return true;
    }

    internal void WriteKey(ByteWriter output)
    {
        var record = KeyRecord.Span;
        Keys.CopyTo(record, output.Reserve(Keys.Length(record)));
    }

    /// <summary>The value of a tag; null when the series does not have it.</summary>
    public string? FindTag(string key) => Keys.FindTag(KeyRecord.Span, key);

    /// <summary>Compares the keys of two series as line protocol writes them, byte by byte.</summary>
    internal static int CompareKeys(Series left, Series right) => left.Keys.Compare(left.KeyRecord.Span, right.KeyRecord.Span);

    public override string ToString()
    {
        var key = new ArrayBufferWriter<byte>(256);
        WriteKey(key);
        return Encoding.UTF8.GetString(key.WrittenSpan);
    }
}

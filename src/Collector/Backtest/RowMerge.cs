using NocMonitor.Collector.Rules.Evaluation;
using NocMonitor.Collector.Rules.Language;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Backtest;

/// <summary>Rows of one or a few series in order of time. One thread's; opened again for each identity.</summary>
internal sealed class RowMerge(TimeSeriesStore store) : IDisposable
{
    /// <summary>Each series that is read side by side holds a connection; an identity of more of them is read from its newest ones.</summary>
    public const int MostSeries = 16;

    private readonly List<SeriesReader> _readers = [];
    private readonly List<Source> _sources = [];
    private Source? _current;

    public long Time => _current!.Time;

    public void Open(IReadOnlyList<Series> series, FieldSlots slots, long from, long to)
    {
        _sources.Clear();
        _current = null;
        foreach (var one in series.TakeLast(MostSeries))
        {
            if (_readers.Count == _sources.Count)
            {
                _readers.Add(store.OpenReader());
            }

            var source = new Source(_readers[_sources.Count], new FieldMap(one.Fields, slots));
            source.Reader.Seek(one, from, to, source.Fields);
            _sources.Add(source);
        }

        foreach (var source in _sources)
        {
            source.Next();
        }

        _sources.RemoveAll(source => source.HasEnded);
    }

    /// <summary>Goes on to the next row; false after the last.</summary>
    public bool Read()
    {
        if (_current is { } before)
        {
            before.Next();
            if (before.HasEnded)
            {
                _sources.Remove(before);
            }
        }

        _current = _sources.Count switch
        {
            0 => null,
            1 => _sources[0],
            _ => _sources.MinBy(source => source.Time),
        };
        return _current is not null;
    }

    public void Fill(ConditionFrame frame, FieldSlots slots) => frame.Fill(_current!.Reader.Block, _current.Row, _current.Map, slots);

    /// <summary>The field that fills a slot in the series of the current row; -1 when it has none.</summary>
    public int FieldOf(int slot) => _current!.Map.FieldOf(slot);

    public void Dispose()
    {
        foreach (var reader in _readers)
        {
            reader.Dispose();
        }
    }

    private sealed class Source(SeriesReader reader, FieldMap map)
    {
        public SeriesReader Reader => reader;

        public FieldMap Map => map;

        public int[] Fields { get; } = [.. Enumerable.Range(0, map.Fields.Count).Where(field => map[field] >= 0)];

        public int Row { get; private set; } = -1;

        public bool HasEnded { get; private set; }

        public long Time { get; private set; }

        public void Next()
        {
            if (Row < 0 || ++Row >= reader.Block.Count)
            {
                HasEnded = !reader.Read();
                Row = 0;
            }

            if (!HasEnded)
            {
                Time = reader.Block.Times[Row];
            }
        }
    }
}

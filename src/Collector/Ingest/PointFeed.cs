using System.Collections.Concurrent;
using System.Threading.Channels;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Ingest;

/// <summary>
/// Shows points to whoever looks on as they arrive. Without an onlooker a batch costs one read of a counter. An onlooker has a bounded queue; what
/// does not fit is dropped and counted: this is a window, the store has everything. Safe for concurrent use.
/// </summary>
internal sealed class PointFeed
{
    private const int MostWaiting = 500;

    private readonly ConcurrentDictionary<Onlooker, bool> _onlookers = new();
    private volatile int _count;

    /// <param name="wanted">Which series to show.</param>
    /// <param name="write">Makes the text of one row.</param>
    public Onlooker Look(Func<Series, bool> wanted, Func<SampleBatch, SampleRow, string> write)
    {
        var onlooker = new Onlooker(this, wanted, write);
        _onlookers.TryAdd(onlooker, true);
        _count = _onlookers.Count;
        return onlooker;
    }

    public void Show(SampleBatch batch)
    {
        if (_count == 0)
        {
            return;
        }

        foreach (var (onlooker, _) in _onlookers)
        {
            foreach (ref readonly var row in batch.Rows)
            {
                onlooker.Offer(batch, row);
            }
        }
    }

    /// <summary>One who looks on, until disposed. One reader.</summary>
    internal sealed class Onlooker : IDisposable
    {
        private readonly PointFeed _feed;
        private readonly Func<Series, bool> _wanted;
        private readonly Func<SampleBatch, SampleRow, string> _write;
        private readonly ConcurrentDictionary<int, bool> _known = new();
        private readonly Channel<string> _waiting = Channel.CreateBounded<string>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
        private long _dropped;

        internal Onlooker(PointFeed feed, Func<Series, bool> wanted, Func<SampleBatch, SampleRow, string> write) =>
            (_feed, _wanted, _write) = (feed, wanted, write);

        /// <summary>Points that did not fit since the last call.</summary>
        public long TakeDropped() => Interlocked.Exchange(ref _dropped, 0);

        public ChannelReader<string> Points => _waiting.Reader;

        public void Dispose()
        {
            _feed._onlookers.TryRemove(this, out _);
            _feed._count = _feed._onlookers.Count;
        }

        internal void Offer(SampleBatch batch, in SampleRow row)
        {
            var series = row.Series;
            if (!_known.TryGetValue(series.Id, out var wanted))
            {
                wanted = _wanted(series);
                _known[series.Id] = wanted;
            }

            // Asked before the text is made: nobody waits for a slow onlooker, nor pays for it.
            if (wanted && (_waiting.Reader.Count >= MostWaiting || !_waiting.Writer.TryWrite(_write(batch, row))))
            {
                Interlocked.Increment(ref _dropped);
            }
        }
    }
}

using System.Collections.Concurrent;
using System.Threading.Channels;

namespace NocMonitor.Collector.Alerts;

/// <summary>
/// Hands committed transitions to whoever follows them live. A follower that does not keep up loses the oldest ones and is told how many: the
/// database has them all. Safe for concurrent use.
/// </summary>
internal sealed class TransitionFeed
{
    private const int MostWaiting = 1000;

    private readonly ConcurrentDictionary<Follower, bool> _followers = new();

    public Follower Follow()
    {
        var follower = new Follower(this);
        _followers.TryAdd(follower, true);
        return follower;
    }

    public void Publish(RecordedTransition transition)
    {
        foreach (var (follower, _) in _followers)
        {
            follower.Offer(transition);
        }
    }

    /// <summary>One who follows, until disposed. One reader.</summary>
    internal sealed class Follower : IDisposable
    {
        private readonly TransitionFeed _feed;
        private readonly Channel<RecordedTransition> _waiting;
        private long _lost;

        internal Follower(TransitionFeed feed)
        {
            _feed = feed;
            _waiting = Channel.CreateBounded<RecordedTransition>(
                new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
                _ => Interlocked.Increment(ref _lost));
        }

        /// <summary>How many transitions were lost because the reader did not keep up.</summary>
        public long Lost => Interlocked.Read(ref _lost);

        public IAsyncEnumerable<RecordedTransition> ReadAsync(CancellationToken token) => _waiting.Reader.ReadAllAsync(token);

        /// <summary>Waits until there is something to read, and passes over all that is there: for who only wants to know that something happened.</summary>
        public async ValueTask WaitAsync(CancellationToken token)
        {
            if (await _waiting.Reader.WaitToReadAsync(token))
            {
                while (_waiting.Reader.TryRead(out _))
                {
                    // One look at the database covers all of them.
                }
            }
        }

        public void Dispose()
        {
            _feed._followers.TryRemove(this, out _);
            _waiting.Writer.TryComplete();
        }

        internal void Offer(RecordedTransition transition) => _waiting.Writer.TryWrite(transition);
    }
}

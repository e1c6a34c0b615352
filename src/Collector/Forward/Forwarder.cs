using System.Buffers;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Forward;

/// <summary>
/// Tails the store's log and brings what it finds to one remote, in the order of the log and one request at a time. Its place in the log is durable and
/// moves only after the remote has taken everything before it: after a crash some lines go twice, which a time-series store takes for one. Ingest and rules
/// never wait for it. One task runs it from start to dispose.
/// </summary>
internal sealed partial class Forwarder : IAsyncDisposable
{
    /// <summary>Consumers of the log that are forwarders have names that begin so.</summary>
    public const string ConsumerPrefix = "forward.";

    private readonly ForwarderOptions _options;
    private readonly TimeSeriesStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ForwardEncoder _encoder;
    private readonly RemoteClient _client;
    private readonly RemoteDelivery _delivery;
    private readonly ArrayBufferWriter<byte> _body = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private int _lines;
    private long _cursor;

    /// <param name="folder">Where refused lines are kept.</param>
    public Forwarder(ForwarderOptions options, TimeSeriesStore store, string folder, TimeProvider time, ILogger log)
    {
        (_options, _store, _time, _log) = (options, store, time, log);
        Progress = new ForwardProgress(options.Name);
        _encoder = new ForwardEncoder(options);
        _client = new RemoteClient(options, time);
        var rejected = new RejectedLines(Path.Combine(folder, $"{options.Name}.rejected.lp"), options.RejectedMaxBytes, time);
        _delivery = new RemoteDelivery(options, _client, rejected, Progress, time, log);
        _cursor = store.Register(Consumer);
        Progress.MovedTo(_cursor);
        _running = options.Enabled ? Task.Run(() => RunAsync(_stop.Token)) : Task.CompletedTask;
    }

    public ForwarderOptions Options => _options;

    public ForwardProgress Progress { get; }

    public ForwardStanding Stand() => Progress.Read(_store.LastSequence, _store.LostBatches(Consumer), _time.GetUtcNow());

    private string Consumer => ConsumerPrefix + _options.Name;

    /// <summary>Ends what is under way; what the remote has not taken yet waits in the log.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken token)
    {
        try
        {
            while (true)
            {
                await TryForwardAsync(token);
                await Task.Delay(_options.FlushInterval, _time, token);
            }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            LogStopped(_options.Name, _cursor);
        }
    }

    private async Task TryForwardAsync(CancellationToken token)
    {
        try
        {
            await ForwardAsync(token);
        }
        catch (StoreUnavailableException exception)
        {
            // What was gathered and not sent comes again from the log.
            _body.ResetWrittenCount();
            _lines = 0;
            _cursor = Progress.Cursor;
            Progress.Failed(exception.Message);
            LogUnreadable(_options.Name, exception.Message);
        }
    }

    /// <summary>Everything that is in the log by now.</summary>
    private async Task ForwardAsync(CancellationToken token)
    {
        if (_store.LastSequence <= _cursor)
        {
            return;
        }

        foreach (var batch in _store.Replay(_cursor))
        {
            using (batch)
            {
                if (_lines == 0)
                {
                    Progress.Waiting(batch.Committed);
                }

                await AddAsync(batch, token);
                _cursor = batch.Sequence;
            }

            if (_lines == 0)
            {
                Release();
            }
        }

        await SendAsync(token);
        Release();
        Progress.CaughtUp();
    }

    private async ValueTask AddAsync(SampleBatch batch, CancellationToken token)
    {
        for (var row = 0; row < batch.Rows.Length; row++)
        {
            if (_encoder.Write(_body, batch, batch.Rows[row]))
            {
                _lines++;
            }

            if (_lines >= _options.BatchLines || _body.WrittenCount >= _options.BatchBytes)
            {
                await SendAsync(token);
            }
        }

        Progress.LeftOut(_encoder.LeftOutValues);
    }

    private async ValueTask SendAsync(CancellationToken token)
    {
        if (_lines > 0)
        {
            await _delivery.DeliverAsync(_body.WrittenMemory, token);
            _body.ResetWrittenCount();
            _lines = 0;
        }
    }

    private void Release()
    {
        _store.Release(Consumer, _cursor);
        Progress.MovedTo(_cursor);
    }

    [LoggerMessage(6003, LogLevel.Warning, "Forwarder {Name} waits: {Reason}")]
    private partial void LogUnreadable(string name, string reason);

    [LoggerMessage(6002, LogLevel.Debug, "Forwarder {Name} stops at {Sequence}")]
    private partial void LogStopped(string name, long sequence);
}

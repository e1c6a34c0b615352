using System.Threading.Channels;

namespace NocMonitor.Collector.Alerts;

/// <summary>
/// Wakes the dispatcher when rows were added to the outbox. Signals that come while one is waiting melt into it: the rows are in the database,
/// the signal only says "look now". Any thread raises, one reader waits.
/// </summary>
internal sealed class OutboxSignal
{
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Raise() => _signals.Writer.TryWrite(true);

    /// <summary>Completes at once when a signal is waiting, otherwise with the next one.</summary>
    public async ValueTask WaitAsync(CancellationToken token) => await _signals.Reader.ReadAsync(token);
}

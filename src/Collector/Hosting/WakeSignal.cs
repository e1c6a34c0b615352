using System.Threading.Channels;

namespace NocMonitor.Collector.Hosting;

/// <summary>Wakes one sleeper. A signal that comes while it is awake is kept, and several are one. Any thread raises, one waits.</summary>
internal sealed class WakeSignal
{
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Raise() => _signals.Writer.TryWrite(true);

    /// <summary>Returns with the next signal or after the time, whichever is first.</summary>
    public async Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken token)
    {
        using var expiry = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, token);
        try
        {
            await _signals.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return;
        }
    }
}

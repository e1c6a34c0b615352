namespace NocMonitor.Collector.Notify.Mail;

/// <summary>Limits one step in time and tells an expired limit from the caller's own cancellation.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _expiry;
    private readonly CancellationTokenSource _either;

    public TimeLimit(TimeSpan limit, TimeProvider time, CancellationToken token)
    {
        _limit = limit;
        _caller = token;
        _expiry = new CancellationTokenSource(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_expiry.Token, token);
    }

    public async Task RunAsync(string step, Func<CancellationToken, Task> action)
    {
        try
        {
            await action(_either.Token);
        }
        catch (OperationCanceledException) when (!_caller.IsCancellationRequested)
        {
            throw new SmtpException($"{step}: no end within {_limit.TotalSeconds:0.#} s");
        }
    }

    public void Dispose()
    {
        _either.Dispose();
        _expiry.Dispose();
    }
}

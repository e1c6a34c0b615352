namespace NocMonitor.Agent.Tests;

/// <summary>Waits for what another thread is about to do. The bound only ends a test that hangs; no test depends on it.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    public static async Task Async(Func<bool> condition)
    {
        using var hang = new CancellationTokenSource(Hang);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, hang.Token);
        }
    }

    public static async Task<T> Async<T>(ValueTask<T> task) => await task.AsTask().WaitAsync(Hang);
}

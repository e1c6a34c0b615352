using System.Diagnostics.CodeAnalysis;
using NUnit.Framework;

namespace NocMonitor.Testing;

/// <summary>Waits for what another thread or process is about to do. The limits only end a test that hangs; no test is judged by how long it took.</summary>
public static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
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

    /// <summary>Looks again and again until something is found.</summary>
    /// <param name="what">What is looked for, for the failure's text.</param>
    /// <param name="evidence">What else the failure's text shows.</param>
    /// <param name="within">Another limit, for what takes long on a busy machine.</param>
    public static async Task<T> FindAsync<T>(string what, Func<Task<T?>> look, Func<string>? evidence = null, TimeSpan? within = null)
        where T : class
    {
        using var limit = new CancellationTokenSource(within ?? Limit);
        using var timer = new PeriodicTimer(Pause, TimeProvider.System);
        while (!limit.IsCancellationRequested)
        {
            if (await look() is { } found)
            {
                return found;
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        throw Missing(what, within ?? Limit, evidence);
    }

    public static Task HappensAsync(string what, Func<Task<bool>> look, Func<string>? evidence = null, TimeSpan? within = null) =>
        FindAsync(what, async () => await look() ? "yes" : null, evidence, within);

    [SuppressMessage("Usage", "CA2201", Justification = "NUnit reports an assertion's exception as a failure with its text.")]
    private static AssertionException Missing(string what, TimeSpan limit, Func<string>? evidence) =>
        new($"within {limit.TotalSeconds} s there was no {what}\n{evidence?.Invoke()}");
}

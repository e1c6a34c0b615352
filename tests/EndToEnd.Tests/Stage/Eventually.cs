using System.Diagnostics.CodeAnalysis;

namespace NocMonitor.EndToEnd.Tests.Stage;

/// <summary>Waits for what other processes bring about. The limit only ends a story that hangs; no story is judged by how long it took.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task<T> FindAsync<T>(string what, Func<Task<T?>> look, Func<string>? evidence = null)
        where T : class
    {
        using var limit = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(Pause, TimeProvider.System);
        while (!limit.IsCancellationRequested)
        {
            if (await look() is { } found)
            {
                return found;
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        throw Missing(what, evidence);
    }

    public static Task HappensAsync(string what, Func<Task<bool>> look, Func<string>? evidence = null) =>
        FindAsync(what, async () => await look() ? "yes" : null, evidence);

    [SuppressMessage("Usage", "CA2201", Justification = "NUnit reports an assertion's exception as a failure with its text.")]
    private static AssertionException Missing(string what, Func<string>? evidence) =>
        new($"within {Limit.TotalSeconds} s there was no {what}\n{evidence?.Invoke()}");
}

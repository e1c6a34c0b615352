using System.Diagnostics;

namespace NocMonitor.Bench.Collector;

/// <summary>The collector as it ships, which is as install.sh publishes it: trimmed and compiled ahead.</summary>
internal static class CollectorProgram
{
    private static readonly Lazy<Task<string>> Published = new(PublishAsync);

    /// <summary>The program, published once in this process; or the one in the folder that <c>NOCMONITOR_PUBLISHED</c> names, as install.sh takes it.</summary>
    public static Task<string> PathAsync() => Environment.GetEnvironmentVariable("NOCMONITOR_PUBLISHED") is { Length: > 0 } folder
        ? Task.FromResult(Path.GetFullPath(Path.Combine(folder, "collector", "nocmonitor-collector")))
        : Published.Value;

    private static async Task<string> PublishAsync()
    {
        var root = BenchResults.FindRoot();
        var folder = Path.Combine(root, "artifacts", "published", "collector");
        using var publish = Process.Start(new ProcessStartInfo("dotnet",
            ["publish", Path.Combine(root, "src", "Collector"), "-r", "linux-x64", "-c", "Release", "-v", "quiet", "-nologo", "-o", folder]))!;
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0 ? Path.Combine(folder, "nocmonitor-collector") : throw new InvalidOperationException("the publish failed");
    }
}

using System.Diagnostics;

namespace NocMonitor.Bench.Agent;

/// <summary>The agent as it ships: trimmed, compiled ahead, one file.</summary>
internal static class AgentProgram
{
    /// <summary>Publishes it into a folder and gives the program.</summary>
    public static async Task<string> PublishAsync(string folder)
    {
        using var publish = Process.Start(new ProcessStartInfo("dotnet",
            ["publish", Path.Combine(BenchResults.FindRoot(), "src", "Agent"), "-r", "linux-x64", "-c", "Release", "-v", "quiet", "-nologo", "-o", folder]))!;
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0 ? Path.Combine(folder, "nocmonitor-agent") : throw new InvalidOperationException("the publish failed");
    }
}

using System.Diagnostics;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Snmp;

/// <summary>Runs a program of Debian's package snmp.</summary>
internal static class NetSnmp
{
    /// <summary>The lines it prints; its complaints when it prints nothing else.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(string program, IEnumerable<string> arguments, CancellationToken token)
    {
        using var folder = new TemporaryFolder();
        var start = new ProcessStartInfo(Prerequisite.Program(program, "snmp"), [.. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MIBS"] = "";
        start.Environment["SNMP_PERSISTENT_DIR"] = folder.Path;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(token);
        var output = await process.StandardOutput.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        return [.. (output.Length > 0 ? output : await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}

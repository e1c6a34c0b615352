using System.Diagnostics;
using System.Net;

namespace NocMonitor.Testing.Snmp;

/// <summary>
/// Debian's snmpsim on a free port of the loopback address. It serves recordings from a folder; the file's name without its extension is the community. It is slow (some hundred requests a
/// second) and independent of us.
/// </summary>
public sealed class SnmpSimDaemon : IDisposable
{
    private const int MostAttempts = 5;
    private readonly Process _process;

    private SnmpSimDaemon(Process process, int port)
    {
        _process = process;
        EndPoint = new IPEndPoint(IPAddress.Loopback, port);
    }

    public IPEndPoint EndPoint { get; }

    /// <param name="recordings">The folder of the recordings.</param>
    /// <param name="cache">Where it keeps its index of them.</param>
    public static async Task<SnmpSimDaemon> StartAsync(string recordings, TemporaryFolder cache, CancellationToken token)
    {
        var program = Prerequisite.Program("snmpsimd", "snmpsim");
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            // Another program may take the port between the look and the start: then another one is tried.
            var port = SnmpDaemon.FreePort();
            var process = Start(program, recordings, cache, port);
            if (await IsReadyAsync(process, token))
            {
                return new SnmpSimDaemon(process, port);
            }

            process.Dispose();
        }

        throw new InvalidOperationException($"snmpsim does not start with {recordings}");
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static Process Start(string program, string recordings, TemporaryFolder cache, int port)
    {
        List<string> arguments = [$"--data-dir={recordings}", $"--cache-dir={cache.Path}", $"--agent-udpv4-endpoint=127.0.0.1:{port}", "--logging-method=stdout"];
        if (Environment.IsPrivilegedProcess)
        {
            // It refuses to run as root unless told so.
            arguments.AddRange(["--process-user=root", "--process-group=root"]);
        }

        return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    private static async Task<bool> IsReadyAsync(Process process, CancellationToken token)
    {
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync(token) is { } line)
        {
            if (line.Contains("Listening at", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return true;
            }
        }

        await process.WaitForExitAsync(token);
        return false;
    }
}

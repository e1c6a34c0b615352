using System.Diagnostics;

namespace NocMonitor.Probes.Tests.Tls;

/// <summary><c>openssl s_server</c> on a free port of the loopback address.</summary>
internal sealed class OpenSslServer : IAsyncDisposable
{
    private readonly Process _process;

    private OpenSslServer(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public static async Task<OpenSslServer> StartAsync(string openssl, string certificateFile, CancellationToken token)
    {
        var start = new ProcessStartInfo(openssl, ["s_server", "-accept", "127.0.0.1:0", "-cert", certificateFile])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync(token) is { } line)
        {
            if (line.StartsWith("ACCEPT ", StringComparison.Ordinal))
            {
                return new OpenSslServer(process, int.Parse(line[(line.LastIndexOf(':') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        throw new AssertionException($"openssl s_server did not start: {await process.StandardError.ReadToEndAsync(token)}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}

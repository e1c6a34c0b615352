using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NocMonitor.Testing.Snmp;

/// <summary>
/// Debian's snmpd on a free port of the loopback address, with its configuration and its state (engine id, boots, users) in a folder of its own. A
/// second one started in the same folder is the same engine after a restart.
/// </summary>
public sealed class SnmpDaemon : IDisposable
{
    private const int MostAttempts = 5;
    private readonly Process _process;

    private SnmpDaemon(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public IPEndPoint Address => new(IPAddress.Loopback, Port);

    /// <param name="folder">Where its state is and stays.</param>
    /// <param name="configuration">Lines of snmpd.conf.</param>
    /// <param name="port">The port to listen on; 0 for a free one.</param>
    public static async Task<SnmpDaemon> StartAsync(TemporaryFolder folder, string configuration, CancellationToken token, int port = 0)
    {
        var program = Prerequisite.Program("snmpd", "snmpd");
        var file = folder.Write("snmpd.conf", configuration);
        for (var attempt = 1; ; attempt++)
        {
            // Another program may take the port between the look and the start: then snmpd ends and another port is tried.
            var tried = port > 0 ? port : FreePort();
            var process = Start(program, folder, file, tried);
            if (await IsReadyAsync(process, token))
            {
                return new SnmpDaemon(process, tried);
            }

            process.Dispose();
            if (attempt == MostAttempts)
            {
                throw new InvalidOperationException($"snmpd does not start with {file}");
            }
        }
    }

    /// <summary>A UDP port that is free now.</summary>
    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static Process Start(string program, TemporaryFolder folder, string file, int port)
    {
        string[] arguments = ["-C", "-c", file, "-f", "-Le", "-r", "-p", folder.File("pid"), string.Create(CultureInfo.InvariantCulture, $"udp:127.0.0.1:{port}")];
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["SNMP_PERSISTENT_DIR"] = folder.File("state");
        start.Environment["SNMPCONFPATH"] = folder.Path;
        start.Environment["MIBS"] = "";
        return Process.Start(start)!;
    }

    /// <summary>It prints its version once its sockets are open.</summary>
    private static async Task<bool> IsReadyAsync(Process process, CancellationToken token)
    {
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        while (await process.StandardError.ReadLineAsync(token) is { } line)
        {
            if (line.StartsWith("NET-SNMP version", StringComparison.Ordinal))
            {
                process.ErrorDataReceived += static (_, _) => { };
                _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
                return true;
            }
        }

        await process.WaitForExitAsync(token);
        return false;
    }
}

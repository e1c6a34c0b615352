using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Dns;

/// <summary>Debian's bind9 with one zone and its reverse, on a free loopback port, out of a temporary folder.</summary>
internal sealed class NamedServer : IAsyncDisposable
{
    private const string Zone = """
        $TTL 120
        @ IN SOA ns1.example.test. hostmaster.example.test. 2026112201 3600 600 86400 300
        @ IN NS ns1
        @ IN MX 10 mail
        @ IN TXT "v=spf1 " "-all"
        ns1 IN A 127.0.0.1
        mail IN A 192.0.2.25
        www IN CNAME web
        web 30 IN A 192.0.2.80
        web IN AAAA 2001:db8::80
        _ldap._tcp IN SRV 0 5 389 mail
        """;

    private const string ReverseZone = """
        $TTL 120
        @ IN SOA ns1.example.test. hostmaster.example.test. 1 3600 600 86400 300
        @ IN NS ns1.example.test.
        25 IN PTR mail.example.test.
        """;

    private readonly TemporaryFolder _folder;
    private readonly Process _process;
    private Task _drain = Task.CompletedTask;

    private NamedServer(TemporaryFolder folder, Process process, int port)
    {
        _folder = folder;
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public static async Task<NamedServer> StartAsync(CancellationToken token)
    {
        var program = Prerequisite.Program("named", "bind9");
        var folder = new TemporaryFolder();
        var port = FreePort();
        // More than a datagram of 512 bytes holds, so that the server truncates.
        var large = string.Join("\n", Enumerable.Range(1, 100).Select(i => $"large IN A 192.0.2.{i}"));
        folder.Write("example.test.zone", $"{Zone}\n{large}\n");
        folder.Write("reverse.zone", $"{ReverseZone}\n");
        var file = folder.Write("named.conf", $$"""
            options {
              directory "{{folder.Path}}"; pid-file none; session-keyfile none; listen-on port {{port}} { 127.0.0.1; }; listen-on-v6 { none; };
              recursion no; dnssec-validation no; querylog no;
            };
            controls { };
            zone "example.test" { type primary; file "example.test.zone"; };
            zone "2.0.192.in-addr.arpa" { type primary; file "reverse.zone"; };
            """);
        var process = Process.Start(new ProcessStartInfo(program, ["-g", "-4", "-n", "1", "-c", file]) { RedirectStandardError = true })!;
        var server = new NamedServer(folder, process, port);
        await server.RunningAsync(token);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _drain;
        _process.Dispose();
        _folder.Dispose();
    }

    private async Task RunningAsync(CancellationToken token)
    {
        var log = new List<string>();
        while (await _process.StandardError.ReadLineAsync(token) is { } line)
        {
            log.Add(line);
            if (line.EndsWith(" running", StringComparison.Ordinal))
            {
                _drain = _process.StandardError.ReadToEndAsync(CancellationToken.None);
                return;
            }
        }

        Assert.Fail($"named did not start:\n{string.Join('\n', log.TakeLast(20))}");
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}

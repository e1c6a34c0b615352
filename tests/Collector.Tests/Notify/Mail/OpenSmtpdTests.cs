using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using NocMonitor.Collector.Notify;
using NocMonitor.Collector.Notify.Mail;
using NocMonitor.Configuration;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Notify.Mail;

/// <summary>
/// Against Debian's OpenSMTPD, which runs as root only and once a machine. Plain text: the TLS of Debian 12's version fails with every client, openssl's own too.
/// </summary>
[Category("RealPeer")]
[NonParallelizable]
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public class OpenSmtpdTests
{
    [Test]
    public async Task A_page_arrives_in_a_mailbox_as_it_was_written()
    {
        var program = Prerequisite.Program("smtpd", "opensmtpd");
        if (Environment.UserName != "root" || await IsRunningAsync())
        {
            Assert.Ignore("smtpd runs as root and once a machine");
        }

        using var folder = new TemporaryFolder();
        var port = FreePort();
        var config = Configure(folder, port);
        using var server = Process.Start(new ProcessStartInfo(program, ["-d", "-f", config]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var delivered = DeliveredAsync(server);
        try
        {
            await ListensAsync(port);
            using var notifier = new MailNotifier(Options(port), TimeProvider.System);

            var result = await notifier.SendAsync(SomeAlert.Notification(SomeAlert.Firing() with { Description = ".leading dot\n." }), CancellationToken.None);
            Assert.That(result, Is.EqualTo(SendResult.Delivered));
            await delivered;

            var mail = await File.ReadAllTextAsync(Directory.EnumerateFiles(folder.File("mail"), "*", SearchOption.AllDirectories).Single(file => file.Contains("/new/", StringComparison.Ordinal)));
            Assert.That(mail, Does.Contain("Subject: [CRITICAL] http://web01/ on web01 answers 500").And.Contain("\n.leading dot\n.\n"));
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
        }
    }

    /// <summary>A server that was killed leaves its control socket behind; one that runs answers on it.</summary>
    private static async Task<bool> IsRunningAsync()
    {
        using var control = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await control.ConnectAsync(new UnixDomainSocketEndPoint("/run/smtpd.sock"));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string Configure(TemporaryFolder folder, int port)
    {
        Directory.CreateDirectory(folder.File("mail"));

        // It delivers as user nobody.
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(folder.File("mail"), (UnixFileMode)0b111_111_111);
        return folder.Write("smtpd.conf", $$"""
            table everybody { "@" = "nobody" }
            listen on 127.0.0.1 port {{port}}
            action "keep" maildir "{{folder.File("mail")}}/box" virtual <everybody>
            match from any for any action "keep"

            """);
    }

    private static MailOptions Options(int port)
    {
        var errors = new List<ConfigError>();
        var json = $$"""
            { "Host": "127.0.0.1", "Port": {{port}}, "Security": "None", "From": "noc@example.org", "To": "oncall@example.org" }
            """;
        var options = MailOptions.Read(new OptionReader(JsonConfigParser.Parse("t", Encoding.UTF8.GetBytes(json), errors), errors));
        Assert.That(errors, Is.Empty);
        return options;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task ListensAsync(int port)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
            }
        }
    }

    /// <summary>Completes when the server says that a mail is in a mailbox.</summary>
    private static async Task DeliveredAsync(Process server)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (await server.StandardError.ReadLineAsync(limit.Token) is { } line && !line.Contains("stat=Delivered", StringComparison.Ordinal))
        {
            // Its log of everything before.
        }
    }
}

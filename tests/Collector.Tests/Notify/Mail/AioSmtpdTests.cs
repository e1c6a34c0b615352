using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using NocMonitor.Collector.Notify;
using NocMonitor.Collector.Notify.Mail;
using NocMonitor.Configuration;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Notify.Mail;

/// <summary>Against Python's aiosmtpd: STARTTLS that is required, and a login that is checked.</summary>
[Category("RealPeer")]
public class AioSmtpdTests
{
    private const string DebianPython = "/usr/bin/python3";

    private const string Server = """
        import asyncio, ssl, sys
        from email import message_from_bytes, policy
        from aiosmtpd.smtp import AuthResult, SMTP

        class Mailbox:
            async def handle_DATA(self, server, session, envelope):
                mail = message_from_bytes(envelope.content, policy=policy.default)
                print("MAIL", repr(mail["subject"]), repr(mail.get_body(("plain",)).get_content()), flush=True)
                return "250 ok"

        def check(server, session, envelope, mechanism, data):
            return AuthResult(success=(data.login, data.password) == (b"noc", b"s3cret"), handled=False)

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[1], sys.argv[2])

        async def main():
            make = lambda: SMTP(Mailbox(), tls_context=context, require_starttls=True, auth_required=True, authenticator=check)
            server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", 0)
            print("PORT", server.sockets[0].getsockname()[1], flush=True)
            await asyncio.sleep(60)

        asyncio.run(main())
        """;

    [TestCase("s3cret", SendOutcome.Delivered)]
    [TestCase("wrong", SendOutcome.Permanent)]
    public async Task A_mail_is_taken_over_starttls_with_the_right_password_only(string password, object outcome)
    {
        // The package belongs to Debian's own Python; the first of PATH may be another.
        var python = File.Exists(DebianPython) ? DebianPython : Prerequisite.Program("python3", "python3");
        Require(python);
        using var folder = new TemporaryFolder();
        using var certificate = TestCertificate.Create();
        var cert = folder.Write("cert.pem", certificate.ExportCertificatePem());
        var key = folder.Write("key.pem", certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        using var server = Process.Start(new ProcessStartInfo(python, [folder.Write("server.py", Server), cert, key]) { RedirectStandardOutput = true })!;
        try
        {
            var port = int.Parse((await LineAsync(server, "PORT "))[5..], System.Globalization.CultureInfo.InvariantCulture);
            using var notifier = new MailNotifier(Options(port, cert, password), TimeProvider.System);

            var result = await notifier.SendAsync(SomeAlert.Notification(SomeAlert.Firing() with { Summary = "Überlast ▁█" }), CancellationToken.None);

            Assert.That(result.Outcome, Is.EqualTo(outcome), result.Reason);
            Assert.That(result.Reason, Does.Not.Contain(password));
            if (result.Outcome == SendOutcome.Delivered)
            {
                Assert.That(await LineAsync(server, "MAIL "), Does.StartWith("MAIL '[CRITICAL] Überlast ▁█'").And.Contain("Last hour: ▁▁▂█"));
            }
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private static void Require(string python)
    {
        using var probe = Process.Start(new ProcessStartInfo(python, ["-c", "import aiosmtpd"]) { RedirectStandardError = true })!;
        probe.WaitForExit();
        if (probe.ExitCode != 0)
        {
            Prerequisite.Missing("aiosmtpd is not installed; apt-get install python3-aiosmtpd");
        }
    }

    private static MailOptions Options(int port, string caFile, string password)
    {
        var errors = new List<ConfigError>();
        var json = $$"""
            { "Host": "localhost", "Port": {{port}}, "CaFile": "{{caFile}}", "User": "noc", "Password": "{{password}}", "From": "noc@example.org", "To": "oncall@example.org" }
            """;
        var options = MailOptions.Read(new OptionReader(JsonConfigParser.Parse("t", Encoding.UTF8.GetBytes(json), errors), errors));
        Assert.That(errors, Is.Empty);
        return options;
    }

    private static async Task<string> LineAsync(Process server, string start)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (await server.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith(start, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new EndOfStreamException($"the server ended before it said {start}");
    }
}

using System.Security.Cryptography.X509Certificates;
using NocMonitor.LineProtocol;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Tls;

public class StartTlsTests
{
    private const string LdapRequest = "<0\x1d\x02\x01\x01w\x18\x80\x16" + "1.3.6.1.4.1.1466.20037";
    private const string PostgresRequest = "<\0\0\0\b\x04\u00d2\x16/";

    private readonly TestAuthority _authority = new();

    [OneTimeTearDown]
    public void Remove() => _authority.Dispose();

    [TestCase("smtp", "220-welcome\r\n220 mail ESMTP\r\n", "<EHLO [127.0.0.1]\r\n", "250-mail\r\n250-STARTTLS\r\n250 8BITMIME\r\n", "<STARTTLS\r\n", "220 go ahead\r\n", TestName = "A smtp server that agrees is secured")]
    [TestCase("imap", "* OK [CAPABILITY IMAP4rev1] ready\r\n", "<a1 STARTTLS\r\n", "* CAPABILITY x\r\na1 OK begin\r\n", TestName = "A imap server that agrees is secured")]
    [TestCase("ldap", LdapRequest, "0\x0c\x02\x01\x01x\x07\x0a\x01\0\x04\0\x04\0", TestName = "A ldap server that agrees is secured")]
    [TestCase("postgres", PostgresRequest, "S", TestName = "A postgres server that agrees is secured")]
    [TestCase("postgresql", PostgresRequest, "S", TestName = "A postgresql server that agrees is secured")]
    [CancelAfter(30_000)]
    public async Task A_server_that_agrees_is_secured(string scheme, params string[] prelude)
    {
        using var certificate = _authority.Issue("localhost");

        var point = await ProbeAsync(scheme, [certificate], prelude);

        Assert.That(Outcome(point), Is.EqualTo("0"));
        Assert.That(point.FindField("subject")!.Value.Text, Is.EqualTo("CN=localhost"));
        Assert.That(point.FindTag("source"), Does.StartWith($"{scheme}://localhost:"));
    }

    [TestCase("smtp", "4 greeting: the server says '554 no\u003f'", "554 no\x01\r\n", TestName = "A smtp server that does not agree is quoted: greeting: the server says 554 no")]
    [TestCase("smtp", "4 STARTTLS: the server says '454 later'", "220 a\r\n", "<EHLO [127.0.0.1]\r\n", "250 a\r\n", "<STARTTLS\r\n", "454 later\r\n", TestName = "A smtp server that does not agree is quoted: STARTTLS: the server says 454 later")]
    [TestCase("smtp", "4 the server went on talking behind its consent to STARTTLS", "220 a\r\n", "<EHLO [127.0.0.1]\r\n", "250 a\r\n", "<STARTTLS\r\n", "220 a\r\n250 injected\r\n", TestName = "A smtp server that does not agree is quoted: the server went on talking behind its consent to STARTTLS")]
    [TestCase("imap", "4 greeting: the server does not say OK", "* BYE\r\n", TestName = "A imap server that does not agree is quoted: greeting: the server does not say OK")]
    [TestCase("imap", "4 STARTTLS: the server says 'a1 NO not here'", "* OK\r\n", "<a1 STARTTLS\r\n", "a1 NO not here\r\n", TestName = "A imap server that does not agree is quoted: STARTTLS: the server says a1 NO not here")]
    [TestCase("ldap", "4 StartTLS: the server refuses with result 2", LdapRequest, "0\x0c\x02\x01\x01x\x07\x0a\x01\x02\x04\0\x04\0", TestName = "A ldap server that does not agree is quoted: StartTLS: the server refuses with result 2")]
    [TestCase("ldap", "4 the server is not LDAP", LdapRequest, "0\x03\x02\x01\x01", TestName = "A ldap server that does not agree is quoted: the server is not LDAP")]
    [TestCase("postgres", "4 the server does not offer TLS", PostgresRequest, "N", TestName = "A postgres server that does not agree is quoted: the server does not offer TLS")]
    [TestCase("postgres", "4 the server is not PostgreSQL", PostgresRequest, "E", TestName = "A postgres server that does not agree is quoted: the server is not PostgreSQL")]
    [CancelAfter(30_000)]
    public async Task A_server_that_does_not_agree_is_quoted(string scheme, string outcome, params string[] prelude)
    {
        var point = await ProbeAsync(scheme, [], prelude);

        Assert.That(Outcome(point), Is.EqualTo(outcome));
        Assert.That(point.FindField("expiry"), Is.Null);
    }

    [Test, CancelAfter(30_000)]
    public async Task A_server_that_talks_without_end_is_cut_off()
    {
        var lines = await ProbeAsync("smtp", [], [string.Concat(Enumerable.Repeat("220-more\r\n", 200))]);
        var line = await ProbeAsync("smtp", [], [$"220 {new string('x', 10_000)}"]);

        Assert.That(Outcome(lines), Is.EqualTo("4 greeting: the server gives no answer that ends"));
        Assert.That(Outcome(line), Is.EqualTo("4 greeting: the server gives no answer that ends"));
    }

    private async Task<Point> ProbeAsync(string scheme, X509Certificate2Collection certificates, string[] prelude)
    {
        using var folder = new TemporaryFolder();
        var ca = folder.Write("ca.pem", _authority.Certificate.ExportCertificatePem());
        await using var server = new FakeTlsServer(certificates, null, prelude);
        var points = await ConfiguredProbe.RoundAsync("tls",
            $$"""{ "Targets": "{{scheme}}://localhost:{{server.Port}}", "Family": "IPv4", "Confirmations": 0, "Tls": { "CaFile": "{{ca}}" } }""",
            TestContext.CurrentContext.CancellationToken);
        return points.Single();
    }

    private static string Outcome(Point point) => $"{point.FindField("result_code")!.Value.Integer} {point.FindField("error")?.Text}".TrimEnd();
}

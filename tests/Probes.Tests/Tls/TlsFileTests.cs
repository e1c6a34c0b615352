using System.Security.Cryptography.X509Certificates;
using NocMonitor.LineProtocol;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Tls;

public class TlsFileTests
{
    private readonly TestAuthority _authority = new();
    private readonly TemporaryFolder _folder = new();
    private string _ca = "";

    [OneTimeSetUp]
    public void WriteAuthority() => _ca = _folder.Write("ca.pem", _authority.Certificate.ExportCertificatePem());

    [OneTimeTearDown]
    public void Remove()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Test, CancelAfter(30_000)]
    public async Task A_PEM_file_is_read_its_first_certificate_counting([Values("", "file:", "file://")] string scheme, CancellationToken token)
    {
        using var certificate = _authority.Issue("web.test", days: 10);
        var file = _folder.Write("web.pem", $"comment\n{certificate.ExportCertificatePem()}\n{_authority.Certificate.ExportCertificatePem()}\n");

        var point = await ProbeAsync(scheme + file, "", token);

        Assert.That(Outcome(point), Is.EqualTo("0"));
        Assert.That(point.FindTag("source"), Is.EqualTo(scheme + file));
        Assert.That((point.FindTag("host"), point.FindField("name_match")), Is.EqualTo(((string?)null, (FieldValue?)null)));
        Assert.That(point.FindField("subject")!.Value.Text, Is.EqualTo("CN=web.test"));
        Assert.That(point.FindField("expiry")!.Value.Integer, Is.InRange((10 * 86400) - 60, 10 * 86400));
        Assert.That(point.FindField("chain_valid")!.Value.Boolean, Is.True);
    }

    [Test, CancelAfter(30_000)]
    public async Task A_DER_file_is_read_and_a_name_can_be_expected(CancellationToken token)
    {
        using var certificate = _authority.Issue("web.test", days: -1);
        var file = _folder.File("web.der");
        await File.WriteAllBytesAsync(file, certificate.Export(X509ContentType.Cert), token);

        var point = await ProbeAsync(file, """, "ServerName": "mail.test" """, token);

        Assert.That(Outcome(point), Does.StartWith("5 the certificate is not good: it expired on ").And.EndWith("; it does not bear the name mail.test"));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_file_that_is_no_certificate_says_so(CancellationToken token)
    {
        var garbage = _folder.Write("garbage", "hello");
        var key = _folder.Write("key.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");

        Assert.That(Outcome(await ProbeAsync(garbage, "", token)), Does.StartWith("4 no certificate can be read: "));
        Assert.That(Outcome(await ProbeAsync(key, "", token)), Is.EqualTo($"4 no certificate can be read: {key} holds no certificate"));
        Assert.That(Outcome(await ProbeAsync(_folder.File("absent.pem"), "", token)), Does.StartWith("6 ").And.Contain("absent.pem"));
    }

    [Test]
    public void Bad_options_are_all_named()
    {
        var notPem = _folder.Write("not.pem", "no certificate");

        var errors = ConfiguredProbe.Errors("tls", $$"""
            { "Targets": ["ftp://x", "user:pw@host", "a b", "ok", "smtp://mail"], "Tls": { "CaFile": "{{notPem}}", "ClientCertificateFile": "/nowhere" } }
            """);

        Assert.That(errors, Has.Count.EqualTo(5));
        Assert.That(errors, Has.Exactly(3).StartsWith("Targets: entry ").And.Exactly(1).StartsWith("Tls.CaFile: cannot be used"));
        Assert.That(string.Join('\n', errors), Does.Not.Contain("pw@"));
    }

    private async Task<Point> ProbeAsync(string target, string tls, CancellationToken token)
    {
        var points = await ConfiguredProbe.RoundAsync("tls",
            $$"""{ "Targets": "{{target}}", "Confirmations": 0, "Tls": { "CaFile": "{{_ca}}" {{tls}} } }""", token);
        return points.Single();
    }

    private static string Outcome(Point point) => $"{point.FindField("result_code")!.Value.Integer} {point.FindField("error")?.Text}".TrimEnd();
}

using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using NocMonitor.Collector.Reload;
using NocMonitor.Collector.Tests.Hosting;
using NocMonitor.Collector.Tests.Notify.Mail;
using NocMonitor.Collector.Tests.Notify.Webhook;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Reload;

public class ReloadTests
{
    private const string Rule = """{ "Rules": [ { "Name": "a", "Measurement": "m", "Critical": "f > 1", "For": "1 samples", "Summary": "s" } ] }""";

    [Test]
    public async Task Changed_rules_routes_and_receivers_are_in_force_after_a_reload()
    {
        using var folder = new TemporaryFolder();
        await using var first = await WebhookSink.StartAsync();
        await using var second = await WebhookSink.StartAsync();
        await using var collector = await TestCollector.StartAsync(Receiver(first), folder);

        folder.Write("rules/test.json", Rule);
        TestCollector.Configure(folder, Receiver(second));
        var taken = await Reloader(collector).ReloadAsync(CancellationToken.None);
        await collector.WriteAsync("m,host=a f=2");
        await second.NextAsync();

        Assert.That(taken);
        Assert.That(first.Count, Is.Zero);
    }

    [TestCase("""{ "Receivers": { "x": { "Type": "webhook" } } }""", Rule, TestName = "A wrong receiver keeps everything as it was")]
    [TestCase("{}", """{ "Rules": [ { "Name": "b", "Measurement": "m", "Critical": "f >" } ] }""", TestName = "A wrong rule keeps everything as it was")]
    public async Task Refused(string section, string rules)
    {
        using var folder = new TemporaryFolder();
        await using var sink = await WebhookSink.StartAsync();
        await using var collector = await TestCollector.StartAsync(Receiver(sink), folder, rules: Rule);

        TestCollector.Configure(folder, section);
        folder.Write("rules/test.json", rules);
        var taken = await Reloader(collector).ReloadAsync(CancellationToken.None);
        await collector.WriteAsync("m,host=a f=2");
        await sink.NextAsync();

        Assert.That(taken, Is.False);
        Assert.That(await collector.Client.GetStringAsync("/metrics"), Does.Contain("nocmonitor_config_refused 1\n"));
    }

    [Test]
    public async Task A_renewed_certificate_is_shown_to_new_connections()
    {
        using var folder = new TemporaryFolder();
        var section = $$"""{ "Tls": { "CertificateFile": "{{folder.File("cert.pem")}}", "KeyFile": "{{folder.File("key.pem")}}" } }""";
        var before = WriteCertificate(folder);
        await using var collector = await TestCollector.StartAsync(section, folder, url: "https://127.0.0.1:0");
        var shownBefore = await ShownAsync(collector.Address);

        var after = WriteCertificate(folder);
        await Reloader(collector).ReloadAsync(CancellationToken.None);

        Assert.That(shownBefore, Is.EqualTo(before));
        Assert.That(await ShownAsync(collector.Address), Is.EqualTo(after));
    }

    private static ConfigReloader Reloader(TestCollector collector) => collector.App.Services.GetRequiredService<ConfigReloader>();

    private static string Receiver(WebhookSink sink) => $$"""{ "Receivers": { "ops": { "Type": "webhook", "Url": "{{sink.Address}}" } } }""";

    private static string WriteCertificate(TemporaryFolder folder)
    {
        using var certificate = TestCertificate.Create();
        folder.Write("cert.pem", certificate.ExportCertificatePem());
        folder.Write("key.pem", certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        return certificate.Thumbprint;
    }

    private static async Task<string> ShownAsync(Uri address)
    {
        using var tcp = new System.Net.Sockets.TcpClient();
        await tcp.ConnectAsync(address.Host, address.Port);
        var shown = "";
        await using var tls = new SslStream(tcp.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            {
                shown = certificate!.GetCertHashString();
                return shown.Length > 0;
            },
        });
        return shown;
    }
}

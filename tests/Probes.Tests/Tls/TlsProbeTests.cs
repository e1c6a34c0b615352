using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NocMonitor.LineProtocol;
using NocMonitor.Probes.Tests.Tcp;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Tls;

public class TlsProbeTests
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
    public async Task A_good_certificate_is_described(CancellationToken token)
    {
        using var certificate = _authority.Issue("localhost", days: 30);
        await using var server = new FakeTlsServer([certificate]);

        var point = await ProbeAsync($"https://localhost:{server.Port}", "", token);

        Assert.That(point.ToString(), Does.StartWith($"x509_cert,source=https://localhost:{server.Port},host=localhost "));
        Assert.That(Outcome(point), Is.EqualTo("0"));
        Assert.That(Integer(point, "expiry"), Is.InRange((30 * 86400) - 60, 30 * 86400));
        Assert.That(Integer(point, "age"), Is.InRange(300 * 86400, (300 * 86400) + 60));
        Assert.That(Integer(point, "enddate") - Integer(point, "startdate"), Is.EqualTo(330 * 86400));
        Assert.That(point.FindField("days_left")!.Value.Float, Is.EqualTo(30).Within(0.01));
        Assert.That(Integer(point, "verification_code"), Is.Zero);
        Assert.That(Flags(point), Is.EqualTo("chain_valid=true name_match=true self_signed=false"));
        Assert.That(Text(point, "subject"), Is.EqualTo("CN=localhost"));
        Assert.That(Text(point, "issuer"), Is.EqualTo("CN=Test authority"));
        Assert.That(Text(point, "serial"), Is.EqualTo(certificate.SerialNumber.ToLowerInvariant()));
        Assert.That(Text(point, "san"), Is.EqualTo("localhost"));
        Assert.That((Text(point, "key_type"), Integer(point, "key_bits")), Is.EqualTo(("ECDSA", 256)));
        Assert.That(Text(point, "tls_version"), Is.EqualTo("TLS 1.3").Or.EqualTo("TLS 1.2"));
        Assert.That(point.FindField("response_time")!.Value.Float, Is.GreaterThan(0));
        Assert.That(server.AskedName, Is.EqualTo("localhost"));
    }

    [Test, CancelAfter(30_000)]
    public async Task An_expired_certificate_is_reported_all_the_same(CancellationToken token)
    {
        using var certificate = _authority.Issue("localhost", days: -10);

        var point = await ServeAsync(certificate, "", token);

        Assert.That(Outcome(point), Does.Match(@"^5 the certificate is not good: it expired on \d{4}-\d\d-\d\d \d\d:\d\d UTC$"));
        Assert.That(Text(point, "verification_error"), Does.StartWith("it expired on "));
        Assert.That(Integer(point, "expiry"), Is.Negative);
        Assert.That(point.FindField("days_left")!.Value.Float, Is.EqualTo(-10).Within(0.01));
        Assert.That(Flags(point), Is.EqualTo("chain_valid=false name_match=true self_signed=false"));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_wrong_name_leaves_the_chain_valid(CancellationToken token)
    {
        using var certificate = _authority.Issue("other.test");

        var point = await ServeAsync(certificate, "", token);

        Assert.That(Outcome(point), Is.EqualTo("5 the certificate is not good: it does not bear the name localhost"));
        Assert.That(Flags(point), Is.EqualTo("chain_valid=true name_match=false self_signed=false"));
        Assert.That(Integer(point, "verification_code"), Is.EqualTo(1));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_self_signed_certificate_is_no_failure_where_verification_is_off(CancellationToken token)
    {
        using var certificate = TestAuthority.SelfSigned("localhost");

        var strict = await ServeAsync(certificate, "", token);
        var lenient = await ServeAsync(certificate, """, "Verify": false """, token);

        Assert.That(Outcome(strict), Is.EqualTo("5 the certificate is not good: it is self-signed and not trusted"));
        Assert.That(Outcome(lenient), Is.EqualTo("0"));
        Assert.That(Flags(lenient), Is.EqualTo("chain_valid=false name_match=true self_signed=true"));
        Assert.That(Text(lenient, "verification_error"), Is.EqualTo("it is self-signed and not trusted"));
        Assert.That((Text(lenient, "key_type"), Integer(lenient, "key_bits")), Is.EqualTo(("RSA", 2048)));
    }

    [Test, CancelAfter(30_000)]
    public async Task An_authority_that_is_not_known_is_told_apart_from_a_missing_one(CancellationToken token)
    {
        using var stranger = new TestAuthority("Stranger");
        using var certificate = stranger.Issue("localhost");

        var missing = await ServeAsync(certificate, "", token);
        await using var server = new FakeTlsServer([certificate, stranger.Certificate]);
        var unknown = await ProbeAsync($"localhost:{server.Port}", "", token);

        Assert.That(Outcome(missing), Is.EqualTo("5 the certificate is not good: a certificate between it and a trusted authority is missing"));
        Assert.That(Outcome(unknown), Does.StartWith("5 the certificate is not good: "));
        Assert.That(unknown.FindField("chain_valid")!.Value.Boolean, Is.False);
    }

    [Test, CancelAfter(30_000)]
    public async Task The_first_certificate_of_the_chain_to_expire_is_told(CancellationToken token)
    {
        using var intermediate = _authority.Subordinate("Intermediate", days: 20);
        using var certificate = intermediate.Issue("localhost", days: 380);
        await using var server = new FakeTlsServer([certificate, intermediate.Certificate]);

        var point = await ProbeAsync($"localhost:{server.Port}", "", token);

        Assert.That(Integer(point, "expiry"), Is.GreaterThan(379 * 86400));
        Assert.That(Integer(point, "chain_expiry"), Is.InRange((20 * 86400) - 60, 20 * 86400));
    }

    [Test, CancelAfter(30_000)]
    public async Task An_address_is_matched_and_the_server_name_option_replaces_it(CancellationToken token)
    {
        using var forAddress = _authority.Issue("127.0.0.1");
        using var forName = _authority.Issue("shop.example");
        await using var first = new FakeTlsServer([forAddress]);
        await using var second = new FakeTlsServer([forName]);

        var byAddress = await ProbeAsync($"127.0.0.1:{first.Port}", "", token);
        var byName = await ProbeAsync($"127.0.0.1:{second.Port}", "", token, """, "ServerName": "shop.example" """);

        Assert.That((Outcome(byAddress), Outcome(byName)), Is.EqualTo(("0", "0")));
        Assert.That(second.AskedName, Is.EqualTo("shop.example"));
    }

    [Test, CancelAfter(30_000)]
    public async Task IPv6_works(CancellationToken token)
    {
        using var certificate = _authority.Issue("::1");
        await using var server = new FakeTlsServer([certificate], IPAddress.IPv6Loopback);

        var point = await ProbeAsync($"[::1]:{server.Port}", """, "Family": "IPv6" """, token);

        Assert.That((Outcome(point), point.FindTag("host")), Is.EqualTo(("0", "::1")));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_server_that_cannot_be_reached_or_does_not_speak_TLS_is_named(CancellationToken token)
    {
        await using var plain = new ScriptedTcpPeer((socket, stop) => socket.SendAsync("SSH-2.0-x\r\n"u8.ToArray(), stop).AsTask());
        await using var context = ConfiguredProbe.Context();
        context.Shared(_ => new Probes.Targets.NameResolver(context.Time, _ => throw new SocketException((int)SocketError.HostNotFound)));
        var unknown = new RecordedPoints();

        await ConfiguredProbe.Create("tls", """{ "Targets": "nowhere.invalid", "Confirmations": 0 }""", context).ProbeAsync(unknown, token);
        var refused = await ProbeAsync($"127.0.0.1:{ScriptedTcpPeer.ClosedPort()}", "", token);
        var notTls = await ProbeAsync($"127.0.0.1:{plain.Port}", "", token);

        Assert.That(Outcome(unknown.Single()), Is.EqualTo("3 nowhere.invalid is not known to the resolver"));
        Assert.That(Outcome(refused), Is.EqualTo("1 connect: connection refused"));
        Assert.That(Outcome(notTls), Does.Match("^(1|5) TLS: "));
        Assert.That(notTls.FindField("expiry"), Is.Null);
    }

    [Test, CancelAfter(30_000)]
    public async Task A_silent_server_costs_the_time_limit_and_no_more(CancellationToken token)
    {
        var time = new ManualTimeProvider();
        await using var context = ConfiguredProbe.Context(time);
        await using var peer = new ScriptedTcpPeer((_, stop) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop));
        var points = new RecordedPoints();
        var probe = ConfiguredProbe.Create("tls", $$"""{ "Targets": "127.0.0.1:{{peer.Port}}", "Timeout": "3s", "Confirmations": 0 }""", context);

        var round = probe.ProbeAsync(points, token);
        await peer.AcceptedAsync(token);
        time.Advance(TimeSpan.FromSeconds(3));
        await round;

        Assert.That(Outcome(points.Single()), Is.EqualTo("2 TLS: no answer in time").Or.EqualTo("2 connect: no answer in time"));
    }

    [Test, CancelAfter(60_000)]
    public async Task OpenSSL_as_a_server_is_read(CancellationToken token)
    {
        var openssl = Prerequisite.Program("openssl", "openssl");
        using var key = RSA.Create(2048);
        using var certificate = _authority.Issue("localhost", key: key);
        var file = _folder.Write("openssl.pem", $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        await using var server = await OpenSslServer.StartAsync(openssl, file, token);

        var point = await ProbeAsync($"localhost:{server.Port}", """, "Family": "IPv4" """, token);

        Assert.That(Outcome(point), Is.EqualTo("0"));
        Assert.That((Text(point, "key_type"), Integer(point, "key_bits")), Is.EqualTo(("RSA", 2048)));
    }

    private async Task<Point> ServeAsync(X509Certificate2 certificate, string options, CancellationToken token)
    {
        await using var server = new FakeTlsServer([certificate]);
        return await ProbeAsync($"localhost:{server.Port}", options, token);
    }

    private async Task<Point> ProbeAsync(string target, string options, CancellationToken token, string tls = "")
    {
        var family = options.Contains("Family", StringComparison.Ordinal) || target.Contains('[') ? "" : """, "Family": "IPv4" """;
        var points = await ConfiguredProbe.RoundAsync("tls",
            $$"""{ "Targets": "{{target}}", "Confirmations": 0 {{family}} {{options}}, "Tls": { "CaFile": "{{_ca}}" {{tls}} } }""", token);
        return points.Single();
    }

    private static string Flags(Point point) => string.Join(' ',
        new[] { "chain_valid", "name_match", "self_signed" }.Select(name => $"{name}={point.FindField(name)}"));

    private static string Outcome(Point point) => $"{point.FindField("result_code")!.Value.Integer} {point.FindField("error")?.Text}".TrimEnd();

    private static long Integer(Point point, string field) => point.FindField(field)!.Value.Integer;

    private static string Text(Point point, string field) => point.FindField(field)!.Value.Text;
}

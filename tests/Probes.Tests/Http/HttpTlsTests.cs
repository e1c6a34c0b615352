using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using NocMonitor.LineProtocol;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Http;

public class HttpTlsTests
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
    public async Task A_certificate_of_the_own_authority_is_good(CancellationToken token)
    {
        using var certificate = _authority.Issue("localhost");

        var point = await ProbeAsync(certificate, "localhost", "", token);

        Assert.That(Outcome(point), Is.EqualTo("0"));
        Assert.That(point.FindField("tls_time")!.Value.Float, Is.GreaterThan(0));
        Assert.That(point.FindField("insecure_skip_verify"), Is.Null);
    }

    [Test, CancelAfter(30_000)]
    public async Task A_certificate_that_is_not_good_says_why(CancellationToken token)
    {
        using var wrongName = _authority.Issue("other.test");
        using var expired = _authority.Issue("localhost", days: -1);
        using var selfSigned = TestAuthority.SelfSigned("localhost");

        Assert.That(Outcome(await ProbeAsync(wrongName, "localhost", "", token)),
            Is.EqualTo("5 TLS: the certificate is not good: it does not bear the name localhost"));
        Assert.That(Outcome(await ProbeAsync(expired, "localhost", "", token)), Does.StartWith("5 TLS: the certificate is not good: it expired on 20"));
        Assert.That(Outcome(await ProbeAsync(selfSigned, "localhost", "", token)), Does.StartWith("5 TLS: the certificate is not good: it is self-signed"));
    }

    [Test, CancelAfter(30_000)]
    public async Task The_server_name_option_is_asked_for_and_expected(CancellationToken token)
    {
        using var certificate = _authority.Issue("shop.example");

        var point = await ProbeAsync(certificate, "127.0.0.1", """, "ServerName": "shop.example" """, token);

        Assert.That(Outcome(point), Is.EqualTo("0"));
    }

    [Test, CancelAfter(30_000)]
    public async Task Skipping_verification_takes_any_certificate_and_is_loud(CancellationToken token)
    {
        using var certificate = TestAuthority.SelfSigned("other.test", days: -5);
        await using var server = new FakeHttpServer(_ => FakeHttpServer.Answer("ok"), certificate);
        using var logs = new RecordingLogs();
        await using var context = new ProbeContext(TimeProvider.System, "this-machine", logs);
        var points = new RecordedPoints();

        await ConfiguredProbe.Create("http",
            $$"""{ "Targets": "https://u:s3cret@127.0.0.1:{{server.Port}}/", "InsecureSkipVerify": true, "Confirmations": 0 }""", context).ProbeAsync(points, token);

        Assert.That(Outcome(points.Single()), Is.EqualTo("0"));
        Assert.That(points.Single().FindField("insecure_skip_verify")!.Value.Boolean, Is.True);
        Assert.That(logs.Lines.Single(), Does.StartWith("Warning").And.Contain("NOT verified").And.Contain($"127.0.0.1:{server.Port}").And.Not.Contain("s3cret"));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_client_certificate_is_shown_and_a_renewed_one_is_used_without_a_restart(CancellationToken token)
    {
        using var certificate = _authority.Issue("127.0.0.1");
        await using var server = new FakeHttpServer(_ => FakeHttpServer.Answer("ok"), certificate, wantClientCertificate: true);
        var file = WriteClient("first client", TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1));
        await using var context = ConfiguredProbe.Context();
        var probe = ConfiguredProbe.Create("http",
            $$"""{ "Targets": "https://127.0.0.1:{{server.Port}}/", "Confirmations": 0, "Tls": { "CaFile": "{{_ca}}", "ClientCertificateFile": "{{file}}" } }""", context);
        var points = new RecordedPoints();

        await probe.ProbeAsync(points, token);
        var first = server.ClientName;
        WriteClient("second client", TimeProvider.System.GetUtcNow().UtcDateTime);
        await probe.ProbeAsync(points, token);

        Assert.That((first, server.ClientName), Is.EqualTo(("CN=first client", "CN=second client")));
        Assert.That(points.All.Select(Outcome), Is.All.EqualTo("0"));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_server_that_does_not_speak_TLS_fails_the_handshake(CancellationToken token)
    {
        await using var server = FakeHttpServer.Saying("plain");

        var points = await ConfiguredProbe.RoundAsync("http", $$"""{ "Targets": "https://127.0.0.1:{{server.Port}}/", "Confirmations": 0, "Timeout": "2s" }""", token);

        Assert.That(Outcome(points.Single()), Does.Match("^(1|2|5) TLS: "));
    }

    [Test, CancelAfter(30_000)]
    public async Task Https_goes_through_a_proxy_by_a_tunnel(CancellationToken token)
    {
        using var certificate = _authority.Issue("shop.example");
        await using var server = new FakeHttpServer(_ => FakeHttpServer.Answer("inside"), certificate);
        await using var proxy = new TunnelProxy(server.Port);

        var points = await ConfiguredProbe.RoundAsync("http",
            $$"""{ "Targets": "https://shop.example/x", "ExpectBody": "inside", "Proxy": "127.0.0.1:{{proxy.Port}}", "Confirmations": 0, "Tls": { "CaFile": "{{_ca}}" } }""", token);

        Assert.That(Outcome(points.Single()), Is.EqualTo("0"));
        Assert.That(server.Requests.Single(), Does.StartWith("GET /x HTTP/1.1\r\nHost: shop.example\r\n"));
    }

    private string WriteClient(string name, DateTime stamp)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var client = _authority.Issue(name, key: key);
        var file = _folder.Write("client.pem", $"{client.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        File.SetLastWriteTimeUtc(file, stamp);
        return file;
    }

    private async Task<Point> ProbeAsync(X509Certificate2 certificate, string host, string tls, CancellationToken token)
    {
        await using var server = new FakeHttpServer(_ => FakeHttpServer.Answer("ok"), certificate);
        var points = await ConfiguredProbe.RoundAsync("http",
            $$"""{ "Targets": "https://{{host}}:{{server.Port}}/", "Family": "IPv4", "Confirmations": 0, "Tls": { "CaFile": "{{_ca}}" {{tls}} } }""", token);
        return points.Single();
    }

    private static string Outcome(Point point) => $"{point.FindField("result_code")!.Value.Integer} {point.FindField("error")?.Text}".TrimEnd();

    private sealed class RecordingLogs : ILoggerFactory, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyList<string> Lines => [.. _lines];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{logLevel}: {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}

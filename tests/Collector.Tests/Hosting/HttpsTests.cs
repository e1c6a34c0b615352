using System.Net;
using System.Security.Cryptography.X509Certificates;
using NocMonitor.Collector.Tests.Ingest;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Hosting;

/// <summary>The limits of the doors behind TLS.</summary>
public class HttpsTests
{
    private readonly TestAuthority _authority = new();
    private TemporaryFolder _folder = null!;
    private TestCollector _collector = null!;
    private HttpClient _client = null!;

    [SetUp]
    public async Task Start()
    {
        _folder = new TemporaryFolder();
        using var certificate = _authority.Issue("127.0.0.1");
        var chain = _folder.Write("cert.pem", certificate.ExportCertificatePem());
        var key = _folder.Write("key.pem", certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        _collector = await TestCollector.StartAsync($$"""
            {
              "Tls": { "CertificateFile": "{{chain}}", "KeyFile": "{{key}}" },
              "Connections": { "HeaderTimeout": "1s", "MaxHeaderBytes": "4KiB" }, "Ingest": { "MaxBodyBytes": "64KiB", "MaxDecompressedBytes": "64KiB" }
            }
            """, _folder, url: "https://127.0.0.1:0");
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false, SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => IsOurs(shown) } })
        {
            BaseAddress = _collector.Address,
        };
    }

    [TearDown]
    public async Task Stop()
    {
        _client.Dispose();
        await _collector.DisposeAsync();
        _folder.Dispose();
    }

    [OneTimeTearDown]
    public void End() => _authority.Dispose();

    [Test]
    public async Task Points_are_taken_and_limits_hold_behind_TLS()
    {
        var good = await PostAsync("m,host=a v=1\n");
        var large = await PostAsync(string.Concat(Enumerable.Repeat("m,host=a v=1\n", 6000)));
        var headers = await PostAsync("m v=1\n", header: new string('x', 8000));

        Assert.That((good, large, headers),
            Is.EqualTo((HttpStatusCode.NoContent, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestHeaderFieldsTooLarge)));
        Assert.That(await PostAsync("m,host=a v=2\n"), Is.EqualTo(HttpStatusCode.NoContent));
    }

    [TestCase("", TestName = "A handshake that never begins is cut off")]
    [TestCase("\u0016\u0003\u0001\u0002", TestName = "A handshake that stops is cut off")]
    [TestCase("POST /write?db=d HTTP/1.1\r\nHost: x\r\n\r\n", TestName = "Plain HTTP on the TLS port is cut off")]
    public async Task Whoever_does_not_shake_hands_is_cut_off(string bytes)
    {
        using var client = await RawConnection.OpenAsync(_collector.Address);
        await client.SendAsync(bytes);

        Assert.That(await client.ReadToEndAsync(), Does.Not.Contain("HTTP/1.1 2"));
        Assert.That(await PostAsync("m,host=a v=1\n"), Is.EqualTo(HttpStatusCode.NoContent));
    }

    private async Task<HttpStatusCode> PostAsync(string lines, string? header = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/write?db=d") { Content = new StringContent(lines) };
        if (header is not null)
        {
            request.Headers.Add("X-Long", header);
        }

        using var answer = await _client.SendAsync(request);
        return answer.StatusCode;
    }

    private bool IsOurs(X509Certificate? shown) => shown is not null && shown.Issuer == _authority.Certificate.Subject;
}

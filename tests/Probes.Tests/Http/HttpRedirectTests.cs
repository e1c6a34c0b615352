using NocMonitor.LineProtocol;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Http;

public class HttpRedirectTests
{
    [Test, CancelAfter(30_000)]
    public async Task Redirects_are_followed_to_the_answer(CancellationToken token)
    {
        await using var server = new FakeHttpServer(request => request.StartsWith("GET /old", StringComparison.Ordinal) ? Moved("new?a=b#c") : FakeHttpServer.Answer("here"));

        var point = await ProbeAsync($"http://127.0.0.1:{server.Port}/old", """, "ExpectBody": "here" """, token);

        Assert.That(Outcome(point), Is.EqualTo("0"));
        Assert.That(server.Requests[1], Does.StartWith("GET /new?a=b HTTP/1.1\r\n"));
        Assert.That(point.FindTag("server"), Does.EndWith("/old"));
    }

    [Test, CancelAfter(30_000)]
    public async Task Redirects_without_end_are_cut(CancellationToken token)
    {
        await using var server = new FakeHttpServer(_ => Moved("/again"));

        var point = await ProbeAsync($"http://127.0.0.1:{server.Port}/", """, "MaxRedirects": 3 """, token);

        Assert.That(Outcome(point), Is.EqualTo("4 more than 3 redirects"));
        Assert.That(server.Requests, Has.Count.EqualTo(4));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_redirect_that_is_not_followed_is_the_answer(CancellationToken token)
    {
        await using var server = new FakeHttpServer(_ => Moved("/login", "302 Found"));

        var point = await ProbeAsync($"http://127.0.0.1:{server.Port}/", """, "MaxRedirects": 0, "ExpectStatus": 302 """, token);

        Assert.That(Outcome(point), Is.EqualTo("0"));
    }

    [TestCase("301 Moved Permanently", "GET /new", false)]
    [TestCase("303 See Other", "GET /new", false)]
    [TestCase("307 Temporary Redirect", "POST /new", true)]
    [TestCase("308 Permanent Redirect", "POST /new", true)]
    [CancelAfter(30_000)]
    public async Task The_status_says_whether_a_post_is_repeated(string status, string line, bool withBody, CancellationToken token)
    {
        await using var server = new FakeHttpServer(request => request.Contains("/new", StringComparison.Ordinal) ? FakeHttpServer.Answer("ok") : Moved("/new", status));

        await ProbeAsync($"http://127.0.0.1:{server.Port}/", """, "Method": "POST", "Body": "data" """, token);

        Assert.That(server.Requests[1], Does.StartWith(line));
        Assert.That(server.Requests[1].EndsWith("data", StringComparison.Ordinal), Is.EqualTo(withBody));
    }

    [Test, CancelAfter(30_000)]
    public async Task Credentials_and_headers_do_not_follow_to_another_server(CancellationToken token)
    {
        await using var other = FakeHttpServer.Saying("ok");
        await using var server = new FakeHttpServer(_ => Moved($"http://localhost:{other.Port}/"));

        await ProbeAsync($"http://127.0.0.1:{server.Port}/", """, "BearerToken": "t0p", "Headers": { "X-Api-Key": "t0p" }, "Family": "IPv4" """, token);

        Assert.That(server.Requests.Single(), Does.Contain("Authorization: Bearer t0p\r\n").And.Contain("X-Api-Key: t0p\r\n"));
        Assert.That(other.Requests.Single(), Does.Not.Contain("t0p"));
    }

    [Test, CancelAfter(30_000)]
    public async Task No_redirect_leads_from_https_to_http(CancellationToken token)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("127.0.0.1");
        using var folder = new TemporaryFolder();
        var ca = folder.Write("ca.pem", authority.Certificate.ExportCertificatePem());
        await using var plain = FakeHttpServer.Saying("ok");
        await using var server = new FakeHttpServer(_ => Moved($"http://127.0.0.1:{plain.Port}/", "302 Found"), certificate);

        var point = await ProbeAsync($"https://127.0.0.1:{server.Port}/", $$""", "Tls": { "CaFile": "{{ca}}" } """, token);

        Assert.That(Outcome(point), Is.EqualTo("4 status 302 Found is not expected (200-299)"));
        Assert.That(plain.Requests, Is.Empty);
    }

    private static byte[] Moved(string location, string status = "301 Moved Permanently") =>
        FakeHttpServer.Answer("moved", status, $"Location: {location}\r\n");

    private static async Task<Point> ProbeAsync(string target, string options, CancellationToken token) =>
        (await ConfiguredProbe.RoundAsync("http", $$"""{ "Targets": "{{target}}", "Confirmations": 0 {{options}} }""", token)).Single();

    private static string Outcome(Point point) => $"{point.FindField("result_code")!.Value.Integer} {point.FindField("error")?.Text}".TrimEnd();
}

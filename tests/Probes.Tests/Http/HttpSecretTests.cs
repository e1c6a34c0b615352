using System.Text;
using NocMonitor.LineProtocol;
using NocMonitor.Probes.Http;

namespace NocMonitor.Probes.Tests.Http;

public class HttpSecretTests
{
    [TestCase("http://web01", "http://web01")]
    [TestCase("http://WEB01:8080/a", "http://WEB01:8080/a")]
    [TestCase("https://user:pass@web01/a", "https://web01/a")]
    [TestCase("https://web01/a?x=1#frag", "https://web01/a?x=1")]
    [TestCase("https://web01/?token=abc&db=main", "https://web01/?token=***&db=main")]
    [TestCase("https://web01/?access_token=abc&API-Key=1&monkey=2&X-Amz-Signature=3", "https://web01/?access_token=***&API-Key=***&monkey=2&X-Amz-Signature=***")]
    [TestCase("https://web01/?apiKey=1&clientSecret=2&flag", "https://web01/?apiKey=***&clientSecret=***&flag")]
    [TestCase("https://[2001:db8::1]/?sig=1", "https://[2001:db8::1]/?sig=***")]
    public void A_URL_is_shown_without_its_secrets(string url, string shown) => Assert.That(PublicUrl.Of(new Uri(url)), Is.EqualTo(shown));

    [Test, CancelAfter(30_000)]
    public async Task Credentials_are_sent_and_appear_in_no_point(CancellationToken token)
    {
        await using var server = FakeHttpServer.Saying("no", "401 Unauthorized");

        var basic = await ProbeAsync($$"""{ "Targets": "http://127.0.0.1:{{server.Port}}/?token=s3cret", "Username": "u", "Password": "s3cret" }""", token);
        var inUrl = await ProbeAsync($$"""{ "Targets": "http://us%40er:s3cret@127.0.0.1:{{server.Port}}/" }""", token);
        var bearer = await ProbeAsync($$"""{ "Targets": "http://127.0.0.1:{{server.Port}}/", "BearerToken": "s3cret" }""", token);

        Assert.That(server.Requests[0], Does.Contain($"Authorization: Basic {Base64("u:s3cret")}\r\n").And.Contain("?token=s3cret"));
        Assert.That(server.Requests[1], Does.Contain($"Authorization: Basic {Base64("us@er:s3cret")}\r\n"));
        Assert.That(server.Requests[2], Does.Contain("Authorization: Bearer s3cret\r\n"));
        Assert.That(new[] { basic, inUrl, bearer }.Select(point => point.ToString()), Has.None.Contains("s3cret").And.All.Contains("result_code=4i"));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_proxy_gets_the_whole_URL_and_its_own_credentials(CancellationToken token)
    {
        await using var proxy = FakeHttpServer.Saying("through");

        var point = await ProbeAsync($$"""
            { "Targets": "http://u:p@web01.test/a?b=c", "Proxy": "http://127.0.0.1:{{proxy.Port}}", "ProxyUsername": "me", "ProxyPassword": "s3cret" }
            """, token);

        Assert.That(proxy.Requests.Single(), Does.StartWith("GET http://web01.test:80/a?b=c HTTP/1.1\r\n").Or.StartWith("GET http://web01.test/a?b=c HTTP/1.1\r\n"));
        Assert.That(proxy.Requests.Single(), Does.Contain($"Proxy-Authorization: Basic {Base64("me:s3cret")}\r\n").And.Contain("Host: web01.test\r\n"));
        Assert.That(point.FindField("result_code")!.Value.Integer, Is.Zero);
    }

    [Test, CancelAfter(30_000)]
    public async Task A_proxy_that_refuses_the_tunnel_is_named(CancellationToken token)
    {
        await using var proxy = FakeHttpServer.Saying("", "407 Proxy Authentication Required");

        var point = await ProbeAsync($$"""{ "Targets": "https://web01.test/", "Proxy": "127.0.0.1:{{proxy.Port}}" }""", token);

        Assert.That(proxy.Requests.Single(), Does.StartWith("CONNECT web01.test:443 HTTP/1.1\r\nHost: web01.test:443\r\n"));
        Assert.That(point.FindField("error")!.Value.Text, Is.EqualTo("the proxy refuses the tunnel: 407 Proxy Authentication Required"));
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static async Task<Point> ProbeAsync(string options, CancellationToken token) =>
        (await ConfiguredProbe.RoundAsync("http", options.TrimEnd().TrimEnd('}') + """, "Confirmations": 0 }""", token)).Single();
}

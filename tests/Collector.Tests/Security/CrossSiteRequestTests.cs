using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;
using NocMonitor.Collector.Security;
using NocMonitor.Collector.Tests.Cli;
using NocMonitor.Collector.Tests.Hosting;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Security;

public class CrossSiteRequestTests
{
    [TestCase(null, null, null, ExpectedResult = false, TestName = "A program without a browser's headers is no page")]
    [TestCase("Basic eDp5", null, null, ExpectedResult = false, TestName = "curl -u is no page")]
    [TestCase("Basic eDp5", "cross-site", "https://evil.example", ExpectedResult = true, TestName = "A page of another site")]
    [TestCase("Basic eDp5", "same-site", "https://other.example.net", ExpectedResult = true, TestName = "A page of a neighbour under the same domain")]
    [TestCase("Basic eDp5", "same-origin", "https://noc.example.net", ExpectedResult = false, TestName = "Our own page")]
    [TestCase("Basic eDp5", "none", null, ExpectedResult = false, TestName = "What the user typed")]
    [TestCase("Basic eDp5", null, "http://evil.example", ExpectedResult = true, TestName = "An old browser tells the origin only")]
    [TestCase("Basic eDp5", null, "null", ExpectedResult = true, TestName = "A hidden origin is foreign")]
    [TestCase("Basic eDp5", null, "https://noc.example.net:8490", ExpectedResult = false, TestName = "Our own origin behind a proxy that ends TLS")]
    [TestCase("Basic eDp5", null, "http://NOC.example.net:8490", ExpectedResult = false, TestName = "Our own origin in other letters")]
    [TestCase("Basic eDp5", null, "http://noc.example.net:9999", ExpectedResult = true, TestName = "Another port is another origin")]
    [TestCase(null, "cross-site", "https://evil.example", ExpectedResult = true, TestName = "No credential at all from a page")]
    [TestCase("Token noc_x", "cross-site", "https://grafana.example", ExpectedResult = false, TestName = "A token proves a program that knows it")]
    [TestCase("Bearer noc_x", null, "https://grafana.example", ExpectedResult = false, TestName = "A bearer token as well")]
    public bool A_page_of_another_site_is_told_from_a_program(string? authorization, string? site, string? origin)
    {
        var request = new DefaultHttpContext().Request;
        request.Host = new HostString("noc.example.net", 8490);
        request.Headers.Authorization = authorization;
        request.Headers["Sec-Fetch-Site"] = site;
        request.Headers.Origin = origin;

        return CrossSiteRequest.IsOne(request);
    }

    [TestCase("POST", "/query?db=d&q=drop+measurement+m")]
    [TestCase("POST", "/write?db=d")]
    [TestCase("POST", "/api/v2/write?bucket=b")]
    [TestCase("POST", "/api/v1/write")]
    [TestCase("POST", "/api/v1/alerts/1/acknowledge")]
    [TestCase("POST", "/api/v1/inventory/accept")]
    [TestCase("POST", "/api/v1/inventory/reject")]
    [TestCase("POST", "/api/v1/inventory/import")]
    [TestCase("POST", "/api/v1/inventory/parents")]
    [TestCase("POST", "/api/v1/inventory/reconcile")]
    [TestCase("POST", "/api/v1/inventory/discoveries")]
    [TestCase("POST", "/api/v1/backtest")]
    [TestCase("DELETE", "/api/v1/hosts/web01")]
    public async Task A_browser_that_is_signed_in_changes_nothing_for_another_site(string method, string address)
    {
        using var folder = new TemporaryFolder();
        var (_, token, _) = await CommandLineRun.RunAsync("token", "create", "--scope", "admin", "--name", "t", "--data", folder.File("data"));
        await using var collector = await TestCollector.StartAsync(folder: folder);

        var foreign = await SendAsync(collector, method, address, token.Trim(), "https://evil.example");
        var own = await SendAsync(collector, method, address, token.Trim(), collector.Address.GetLeftPart(UriPartial.Authority));

        Assert.That(foreign, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(own, Is.Not.AnyOf(HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task A_page_of_another_site_may_ask_and_its_browser_will_not_show_it_the_answer()
    {
        await using var collector = await TestCollector.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/query?q=show+databases");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var answer = await collector.Client.SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Headers.Contains("Access-Control-Allow-Origin"), Is.False);
    }

    private static async Task<HttpStatusCode> SendAsync(TestCollector collector, string method, string address, string token, string origin)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = new StringContent("x") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"anna:{token}")));
        request.Headers.Add("Origin", origin);
        using var answer = await collector.Client.SendAsync(request);
        return answer.StatusCode;
    }
}

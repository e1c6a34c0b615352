namespace NocMonitor.Probes.Tests.Dns;

/// <summary>The probe against a real server.</summary>
public class NamedTests
{
    private NamedServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        _server = await NamedServer.StartAsync(limit.Token);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [TestCase("web.example.test", "A", "192.0.2.80", 1, 30)]
    [TestCase("www.example.test", "A", "192.0.2.80", 1, 30)]
    [TestCase("WEB.example.TEST.", "AAAA", "2001:db8::80", 1, 120)]
    [TestCase("www.example.test", "CNAME", "web.example.test.", 1, 120)]
    [TestCase("example.test", "MX", "10 mail.example.test", 1, 120)]
    [TestCase("example.test", "NS", "ns1.example.test", 1, 120)]
    [TestCase("example.test", "TXT", "v=spf1 -all", 1, 120)]
    [TestCase("example.test", "SOA", "ns1.example.test hostmaster.example.test 2026112201 3600 600 86400 300", 1, 120)]
    [TestCase("_ldap._tcp.example.test", "SRV", "0 5 389 mail.example.test", 1, 120)]
    [TestCase("192.0.2.25", "PTR", "mail.example.test", 1, 120)]
    [TestCase("large.example.test", "A", "192.0.2.100", 100, 120)]
    [CancelAfter(30_000)]
    public async Task Every_type_is_answered(string domain, string type, string expected, int answers, int ttl, CancellationToken token)
    {
        var points = await ConfiguredProbe.RoundAsync("dns", $$"""
            { "Targets": "{{domain}}", "Servers": "127.0.0.1:{{_server.Port}}", "RecordType": "{{type}}", "Expect": "{{expected}}", "Timeout": "10s", "Confirmations": 0 }
            """, token);

        var point = points.Single();
        Assert.That(point.FindField("error")?.Text, Is.Null);
        Assert.That((point.FindField("answers")!.Value.Integer, point.FindField("ttl")!.Value.Integer), Is.EqualTo(((long)answers, (long)ttl)));
    }

    [TestCase("nothing.example.test", "NXDomain")]
    [TestCase("elsewhere.example", "Refused")]
    [CancelAfter(30_000)]
    public async Task What_the_server_does_not_have_it_says(string domain, string rcode, CancellationToken token)
    {
        var points = await ConfiguredProbe.RoundAsync("dns", $$"""
            { "Targets": "{{domain}}", "Servers": "127.0.0.1:{{_server.Port}}", "Timeout": "10s", "Confirmations": 0 }
            """, token);

        Assert.That(points.Single().FindField("error")!.Value.Text, Is.EqualTo($"the server says {rcode}"));
    }
}

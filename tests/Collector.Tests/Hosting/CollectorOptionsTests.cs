using NocMonitor.Collector.Hosting;
using NocMonitor.Configuration;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Hosting;

public class CollectorOptionsTests
{
    [Test]
    public void Without_configuration_it_listens_on_loopback_port_8490()
    {
        var options = TestCollector.Options("{}");

        Assert.That(options.Urls, Is.EqualTo(new[] { "http://127.0.0.1:8490" }));
        Assert.That(options.ExternalUrl, Is.EqualTo("http://127.0.0.1:8490"));
    }

    [TestCase("""{ "Urls": "http://*:80;https://[::1]:8443" }""", ExpectedResult = "http://*:80 https://[::1]:8443")]
    [TestCase("""{ "Urls": [ "http://a:1", "http://b:2" ] }""", ExpectedResult = "http://a:1 http://b:2")]
    public string Addresses_come_as_a_list_or_with_semicolons(string section) => string.Join(' ', TestCollector.Options(section).Urls);

    [Test]
    public void Links_name_the_machine_where_the_address_is_a_wildcard()
    {
        var options = TestCollector.Options("""{ "Urls": "http://*:8490" }""");

        Assert.That(options.ExternalUrl, Is.EqualTo($"http://{Environment.MachineName}:8490"));
    }

    [Test]
    public void Every_error_of_a_file_comes_with_its_place()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("c.json", """
            {
              "Colector": {},
              "Collector": {
                "Urls": "localhost:80",
                "Ingest": { "MaxLines": 0 },
                "Tls": { "CertificateFile": "/nowhere.pem" }
              }
            }
            """);
        var errors = new List<ConfigError>();

        new CollectorConfiguration(file, "ftp://x", null).Read(new Dictionary<string, string>(), errors);

        Assert.That(errors.Select(error => error.ToString().Replace(file, "c.json", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "c.json:2:15: Colector: unknown section; did you mean Collector?",
            "c.json:4:13: Collector.Urls: 'localhost:80' is not an address to listen on, such as http://127.0.0.1:8490",
            "c.json:6:33: Collector.Tls.CertificateFile: cannot be loaded: Could not find file '/nowhere.pem'.",
            "c.json:5:29: Collector.Ingest.MaxLines: 0 is out of range; it goes from 1 to 100000000",
            "--urls: 'ftp://x' is not an address to listen on, such as http://127.0.0.1:8490",
        }));
    }

    [Test]
    public void The_command_line_stands_over_the_environment_and_that_over_the_file()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("c.json", """{ "Collector": { "Urls": "http://a:1", "Data": "one", "Name": "n1" } }""");
        var environment = new Dictionary<string, string> { ["NOCMONITOR_Collector__Urls"] = "http://b:2", ["NOCMONITOR_Collector__Data"] = "two" };

        var options = new CollectorConfiguration(file, "http://c:3", null).Read(environment, []);

        Assert.That((options.Urls[0], options.Data, options.Name), Is.EqualTo(("http://c:3", Path.GetFullPath("two"), "n1")));
    }
}

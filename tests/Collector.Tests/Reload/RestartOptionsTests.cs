using NocMonitor.Collector.Reload;
using NocMonitor.Collector.Tests.Cli;
using NocMonitor.Collector.Tests.Hosting;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Reload;

public class RestartOptionsTests
{
    [TestCase("""{ "Rules": { "Shards": 3 } }""", "Rules.Shards")]
    [TestCase("""{ "Rules": { "ParentWait": "5s" } }""", "Rules.ParentWait")]
    [TestCase("""{ "Derivation": { "MaxGap": "1h" }, "Name": "other" }""", "Name, Derivation")]
    [TestCase("""{ "Rules": { "VolatileTags": [ "x" ] } }""", "")]
    public void What_a_reload_cannot_take_up_is_named(string section, string expected)
    {
        Assert.That(RestartOptions.Changed(TestCollector.Options(section), TestCollector.Options("{}")), Is.EqualTo(expected));
    }

    [Test]
    public async Task Check_config_says_what_waits_for_the_next_start()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("rules"));
        TestCollector.Configure(folder, "{}");

        var (code, output, _) = await CommandLineRun.RunAsync("check-config", "--config", folder.File("collector.json"));

        Assert.That(code, Is.Zero);
        Assert.That(output, Does.Contain("at its next start only: ").And.Contain("Rules.Shards, Rules.ParentWait"));
    }
}

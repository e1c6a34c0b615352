using System.Text;
using NocMonitor.Agent.Delivery;
using NocMonitor.Agent.Settings;

namespace NocMonitor.Agent.Tests.Delivery;

public class CollectorTlsTests
{
    private SomeCertificates _certificates = null!;

    [SetUp]
    public void Build() => _certificates = new SomeCertificates();

    [TearDown]
    public void Clear() => _certificates.Dispose();

    [Test]
    public async Task A_certificate_of_the_own_authority_is_trusted_by_its_file()
    {
        var (result, _) = await PostAsync("127.0.0.1", options => options with { CaFile = _certificates.CaFile });

        Assert.That(result.Kind, Is.EqualTo(PostKind.Accepted));
    }

    [Test]
    public async Task Without_that_file_it_is_not_and_the_points_stay()
    {
        var (result, _) = await PostAsync("127.0.0.1", options => options);

        Assert.That(result.Kind, Is.EqualTo(PostKind.Unavailable));
        Assert.That(result.Reason, Does.Contain("certificate"));
    }

    [Test]
    public async Task A_certificate_of_another_name_is_not_trusted_although_the_authority_is()
    {
        var (result, _) = await PostAsync("elsewhere.example", options => options with { CaFile = _certificates.CaFile });

        Assert.That(result.Kind, Is.EqualTo(PostKind.Unavailable));
    }

    [Test]
    public async Task Verification_can_be_turned_off_and_that_is_never_silent()
    {
        var (result, _) = await PostAsync("elsewhere.example", options => options with { InsecureSkipVerify = true });
        using var log = new LogLines(TimeProvider.System);
        var options = SomeOptions.Default with { Collectors = [CollectorOptions.At(new Uri("https://a:1")) with { InsecureSkipVerify = true }] };
        using var targets = UplinkTargets.Create(options, TimeProvider.System, new ClockOffset(), new AgentCounters(), log.Log);

        Assert.That(result.Kind, Is.EqualTo(PostKind.Accepted));
        Assert.That(log.Lines.Single(), Does.Contain("InsecureSkipVerify is on for a:1"));
        Assert.That(targets.TlsVerificationOff, Is.True);
    }

    [Test]
    public async Task The_agent_shows_its_certificate()
    {
        var (certificate, key) = _certificates.Client("web01");
        var (_, client) = await PostAsync("127.0.0.1",
            options => options with { CaFile = _certificates.CaFile, ClientCertificateFile = certificate, ClientKeyFile = key });

        Assert.That(client, Is.EqualTo("CN=web01"));
    }

    [Test]
    public void A_token_over_plain_http_to_another_machine_is_warned_of()
    {
        using var log = new LogLines(TimeProvider.System);
        var options = SomeOptions.Read("""{ "Collectors": [ { "Url": "http://10.0.0.1:8490", "Token": "t" }, { "Url": "http://127.0.0.1:8490", "Token": "t" } ] }""");

        using var targets = UplinkTargets.Create(options, TimeProvider.System, new ClockOffset(), new AgentCounters(), log.Log);

        Assert.That(log.Lines.Single(), Does.Contain("10.0.0.1").And.Contain("unencrypted"));
    }

    private async Task<(PostResult Result, string Client)> PostAsync(string serverName, Func<CollectorOptions, CollectorOptions> change)
    {
        using var certificate = _certificates.Server(serverName);
        await using var collector = new TlsCollector(certificate);
        var options = change(CollectorOptions.At(new Uri($"https://127.0.0.1:{collector.Port}")));
        using var client = new CollectorClient(options, CollectorHandler.Create(options), TimeProvider.System, new ClockOffset());
        var result = await client.PostAsync(Encoding.UTF8.GetBytes("a f=1 1\n"), CancellationToken.None);
        return (result, collector.Client);
    }
}

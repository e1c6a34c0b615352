using NocMonitor.Configuration;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Testing;
using NocMonitor.Testing.Snmp;

namespace NocMonitor.Probes.Tests.Snmp.Protocol.Usm;

/// <summary>Every pair of protocols against Debian's snmpd, and what a device does when it does not like a message.</summary>
[CancelAfter(60_000)]
public class SnmpdTests
{
    private static readonly Oid SysDescr = Oid.Parse("1.3.6.1.2.1.1.1.0");
    private static readonly Oid[] System = [Oid.Parse("1.3.6.1.2.1.1")];
    private readonly SnmpSecurity _security = new(TimeProvider.System);
    private TemporaryFolder _folder = null!;
    private SnmpDaemon _snmpd = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _folder = new TemporaryFolder();
        _snmpd = await SnmpDaemon.StartAsync(_folder,
            "rocommunity public\nsysdescr a device under test\n" + string.Concat(Some.Users.Select(Some.SnmpdUser)), CancellationToken.None);
    }

    [OneTimeTearDown]
    public void Stop()
    {
        _snmpd?.Dispose();
        _folder.Dispose();
    }

    [TestCaseSource(typeof(Some), nameof(Some.Users))]
    public async Task A_user_reads_the_device(SnmpCredentials user, CancellationToken token)
    {
        using var client = new CodecClient(_security.Open(user, "device"), _snmpd.Address);

        var get = await client.AskAsync(PduType.Get, [SysDescr, Some.SysUpTime], token);
        var bulk = await client.AskAsync(PduType.GetBulk, System, token);

        Assert.That((get.Opening, bulk.Opening), Is.EqualTo((SnmpOpening.Answer, SnmpOpening.Answer)));
        Assert.That(get.Varbinds[0], Is.EqualTo((SysDescr, SnmpValue.Text("a device under test"))));
        Assert.That(get.Varbinds[1].Value.Type, Is.EqualTo(SnmpType.TimeTicks));
        Assert.That(bulk.Varbinds, Has.Count.EqualTo(10));
        Assert.That(client.Sent, Is.LessThanOrEqualTo(4));
    }

    [TestCase(SnmpVersion.V1)]
    [TestCase(SnmpVersion.V2c)]
    public async Task A_community_reads_the_device(SnmpVersion version, CancellationToken token)
    {
        var credentials = new SnmpCredentials { Version = version, Community = new Secret("public") };
        using var client = new CodecClient(_security.Open(credentials, "device"), _snmpd.Address);

        var (opening, varbinds) = await client.AskAsync(PduType.GetNext, System, token);

        Assert.That(opening, Is.EqualTo(SnmpOpening.Answer));
        Assert.That(varbinds, Is.EqualTo(new[] { (SysDescr, SnmpValue.Text("a device under test")) }));
    }

    public static IEnumerable<TestCaseData> Refusals
    {
        get
        {
            var user = Some.User(AuthProtocol.SHA256, PrivProtocol.AES128);
            yield return new TestCaseData(user with { UserName = "nobody" }, SnmpOpening.UnknownUser).SetArgDisplayNames("unknown user");
            yield return new TestCaseData(user with { AuthPassword = new("not the one") }, SnmpOpening.DigestRefused).SetArgDisplayNames("wrong password");
            yield return new TestCaseData(user with { Auth = AuthProtocol.SHA512 }, SnmpOpening.DigestRefused).SetArgDisplayNames("wrong protocol");
            yield return new TestCaseData(
                Some.User(AuthProtocol.SHA1, PrivProtocol.AES128) with { UserName = "SHA1-None" }, SnmpOpening.UnsupportedSecurityLevel)
                .SetArgDisplayNames("user without privacy");
        }
    }

    [TestCaseSource(nameof(Refusals))]
    public async Task A_refusal_names_its_reason(SnmpCredentials user, SnmpOpening expected, CancellationToken token)
    {
        using var client = new CodecClient(_security.Open(user, "device"), _snmpd.Address);

        var (opening, _) = await client.AskAsync(PduType.Get, [SysDescr], token);

        Assert.That(opening, Is.EqualTo(expected));
        Assert.That(opening.IsRefusal(), Is.True);
        Assert.That(opening.InWords(), Is.Not.Empty.And.Not.Contain("not the one"));
    }

    [Test]
    public async Task A_restarted_device_is_followed_without_losing_the_request(CancellationToken token)
    {
        var user = Some.User(AuthProtocol.SHA1, PrivProtocol.AES128);
        using var folder = new TemporaryFolder();
        var first = await SnmpDaemon.StartAsync(folder, Some.SnmpdUser(user), token);
        using var client = new CodecClient(_security.Open(user, "restarted"), first.Address);
        var before = await client.AskAsync(PduType.Get, [SysDescr], token);
        var sentBefore = client.Sent;
        first.Dispose();
        using var second = await SnmpDaemon.StartAsync(folder, Some.SnmpdUser(user), token, first.Port);

        var after = await client.AskAsync(PduType.Get, [SysDescr], token);

        Assert.That((before.Opening, after.Opening), Is.EqualTo((SnmpOpening.Answer, SnmpOpening.Answer)));
        Assert.That(client.Sent - sentBefore, Is.EqualTo(2), "the request, and once more after the report of its boots");
    }

    [Test]
    public async Task A_replaced_device_is_found_under_its_new_engine_id(CancellationToken token)
    {
        var user = Some.User(AuthProtocol.SHA256, PrivProtocol.AES256);
        using var oldFolder = new TemporaryFolder();
        using var newFolder = new TemporaryFolder();
        var first = await SnmpDaemon.StartAsync(oldFolder, "exactEngineID 0x80001f88041111\n" + Some.SnmpdUser(user), token);
        using var client = new CodecClient(_security.Open(user, "replaced"), first.Address);
        var before = await client.AskAsync(PduType.Get, [SysDescr], token);
        first.Dispose();
        using var second = await SnmpDaemon.StartAsync(newFolder, "exactEngineID 0x80001f88042222\n" + Some.SnmpdUser(user), token, first.Port);

        var after = await client.AskAsync(PduType.Get, [SysDescr], token);

        Assert.That((before.Opening, after.Opening), Is.EqualTo((SnmpOpening.Answer, SnmpOpening.Answer)));
    }

    [Test]
    public async Task A_clock_that_ran_away_is_set_again_without_losing_the_request(CancellationToken token)
    {
        var time = new ManualTimeProvider();
        using var client = new CodecClient(
            new SnmpSecurity(time).Open(Some.User(AuthProtocol.SHA384, PrivProtocol.None), "device"), _snmpd.Address);
        await client.AskAsync(PduType.Get, [SysDescr], token);
        var sentBefore = client.Sent;
        time.Advance(TimeSpan.FromMinutes(10));

        var (opening, _) = await client.AskAsync(PduType.Get, [SysDescr], token);

        Assert.That(opening, Is.EqualTo(SnmpOpening.Answer));
        Assert.That(client.Sent - sentBefore, Is.EqualTo(2));
    }

    [Test]
    public async Task Two_devices_with_one_engine_id_are_both_polled_and_name_each_other(CancellationToken token)
    {
        var user = Some.User(AuthProtocol.SHA1, PrivProtocol.DES);
        var configuration = "exactEngineID 0x80001f880401020304\n" + Some.SnmpdUser(user);
        using var folder = new TemporaryFolder();
        using var otherFolder = new TemporaryFolder();
        using var snmpd = await SnmpDaemon.StartAsync(folder, configuration, token);
        using var other = await SnmpDaemon.StartAsync(otherFolder, configuration, token);
        using var client = new CodecClient(_security.Open(user, "core-1"), snmpd.Address);
        var otherClient = new CodecClient(_security.Open(user, "core-2"), other.Address);

        var answers = new[]
        {
            await client.AskAsync(PduType.Get, [SysDescr], token), await otherClient.AskAsync(PduType.Get, [SysDescr], token),
            await client.AskAsync(PduType.Get, [SysDescr], token), await otherClient.AskAsync(PduType.Get, [SysDescr], token),
        };

        Assert.That(answers.Select(answer => answer.Opening), Is.All.EqualTo(SnmpOpening.Answer));
        Assert.That((client.Codec.EngineIdSharedWith, otherClient.Codec.EngineIdSharedWith), Is.EqualTo(("core-2", "core-1")));
        otherClient.Dispose();
        Assert.That(client.Codec.EngineIdSharedWith, Is.Null);
    }
}

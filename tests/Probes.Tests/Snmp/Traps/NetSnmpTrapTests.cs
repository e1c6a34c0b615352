using NocMonitor.LineProtocol;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Probes.Tests.Snmp.Protocol;

namespace NocMonitor.Probes.Tests.Snmp.Traps;

/// <summary>Debian's snmptrap and snmpinform, in every version and with every pair of protocols.</summary>
[CancelAfter(120_000)]
public class NetSnmpTrapTests
{
    private static readonly string[] LinkDown =
    [
        "1.3.6.1.6.3.1.1.5.3", "1.3.6.1.2.1.2.2.1.1.7", "i", "7", "1.3.6.1.2.1.2.2.1.7.7", "i", "1", "1.3.6.1.2.1.2.2.1.8.7", "i", "2",
        "1.3.6.1.2.1.31.1.1.1.1.7", "s", "Gi1/0/7",
    ];

    [Test]
    public async Task A_version_1_trap_is_named_as_in_version_2(CancellationToken token)
    {
        await using var stage = new TrapStage();

        await stage.SendAsync("snmptrap",
            ["-v1", "-c", "public", "TARGET", "1.3.6.1.4.1.9", "10.1.2.3", "2", "0", "4711", "1.3.6.1.2.1.2.2.1.1.7", "i", "7"], token);
        await stage.SendAsync("snmptrap", ["-v1", "-c", "public", "TARGET", "1.3.6.1.4.1.9.9", "10.1.2.3", "6", "300", "4712"], token);
        var down = await stage.NextAsync(token);
        var specific = await stage.NextAsync(token);

        Assert.That((down.Measurement, down.FindTag("host"), down.FindTag("trap")), Is.EqualTo(("snmp_trap", "127.0.0.1", "linkDown")));
        Assert.That((Text(down, "version"), Text(down, "oid"), Text(down, "enterprise"), Text(down, "origin")),
            Is.EqualTo(("1", "1.3.6.1.6.3.1.1.5.3", "1.3.6.1.4.1.9", "10.1.2.3")));
        Assert.That((down.FindField("sys_uptime")!.Value.Integer, down.FindField("ifIndex")!.Value.Integer), Is.EqualTo((4711L, 7L)));
        Assert.That((specific.FindTag("trap"), Text(specific, "oid")), Is.EqualTo(("1.3.6.1.4.1.9.9.0.300", "1.3.6.1.4.1.9.9.0.300")));
    }

    [Test]
    public async Task A_version_2_trap_says_in_words_what_it_carries(CancellationToken token)
    {
        await using var stage = new TrapStage();

        await stage.SendAsync("snmptrap", ["-v2c", "-c", "public", "TARGET", "99", .. LinkDown], token);
        var point = await stage.NextAsync(token);

        Assert.That(point.Tags.Select(tag => $"{tag.Key}={tag.Value}"), Is.EqualTo(new[] { "host=127.0.0.1", "trap=linkDown" }));
        Assert.That(Text(point, "text"), Is.EqualTo("linkDown ifIndex=7 ifAdminStatus=up ifOperStatus=down ifName=Gi1/0/7"));
        Assert.That(Text(point, "varbinds"), Is.EqualTo(
            "1.3.6.1.2.1.2.2.1.1.7=7; 1.3.6.1.2.1.2.2.1.7.7=up; 1.3.6.1.2.1.2.2.1.8.7=down; 1.3.6.1.2.1.31.1.1.1.1.7=Gi1/0/7"));
        Assert.That((Text(point, "severity"), Text(point, "ifName"), Text(point, "ifOperStatus"), Text(point, "version"), Text(point, "source")),
            Is.EqualTo(("critical", "Gi1/0/7", "down", "2c", "127.0.0.1")));
        Assert.That(point.FindField("inform")!.Value.Boolean, Is.False);
    }

    [Test]
    public async Task An_inform_is_answered(CancellationToken token)
    {
        await using var stage = new TrapStage("""
            "Credentials": { "site": { "Community": "private" } }
            """);

        var wrong = await stage.TrySendAsync("snmpinform", ["-v2c", "-r0", "-t1", "-c", "public", "TARGET", "99", .. LinkDown], token);
        await stage.SendAsync("snmpinform", ["-v2c", "-r0", "-t30", "-c", "private", "TARGET", "99", .. LinkDown], token);
        var point = await stage.NextAsync(token);
        var round = await stage.RoundAsync(token);

        Assert.That(wrong.Code, Is.Not.Zero);
        Assert.That((point.FindTag("trap"), point.FindField("inform")!.Value.Boolean), Is.EqualTo(("linkDown", true)));
        Assert.That((Count(round, "received"), Count(round, "taken"), Count(round, "informs"), Count(round, "wrong_community")), Is.EqualTo((2L, 1L, 1L, 1L)));
    }

    [Test]
    public async Task Traps_of_every_pair_of_protocols_are_taken(CancellationToken token)
    {
        await using var stage = new TrapStage(Users());

        foreach (var user in Some.Users)
        {
            await stage.SendAsync("snmptrap", ["-v3", "-e", "0x80001f880401020304", .. Arguments(user), "TARGET", "99", .. LinkDown], token);
            var point = await stage.NextAsync(token);

            Assert.That((point.FindTag("trap"), Text(point, "user"), Text(point, "version")), Is.EqualTo(("linkDown", user.UserName, "3")));
        }
    }

    [Test]
    public async Task Informs_of_every_pair_of_protocols_are_answered(CancellationToken token)
    {
        await using var stage = new TrapStage(Users());

        foreach (var user in Some.Users)
        {
            await stage.SendAsync("snmpinform", ["-v3", "-r0", "-t30", .. Arguments(user), "TARGET", "99", .. LinkDown], token);
            var point = await stage.NextAsync(token);

            Assert.That((point.FindTag("trap"), Text(point, "user"), point.FindField("inform")!.Value.Boolean), Is.EqualTo(("linkDown", user.UserName, true)));
        }

        Assert.That(Count(await stage.RoundAsync(token), "discoveries"), Is.GreaterThanOrEqualTo(Some.Users.Count()));
    }

    [Test]
    public async Task Senders_that_do_not_know_the_password_or_the_level_get_nothing_in(CancellationToken token)
    {
        await using var stage = new TrapStage(Users());
        var user = Some.User(AuthProtocol.SHA256, PrivProtocol.AES128);
        string[] wrongPassword = ["-u", user.UserName, "-l", "authPriv", "-a", "SHA-256", "-A", "not the one", "-x", "AES", "-X", "not the one"];
        string[] tooLow = ["-u", user.UserName, "-l", "noAuthNoPriv"];

        await stage.SendAsync("snmptrap", ["-v3", "-e", "0x80001f880401020304", .. wrongPassword, "TARGET", "99", .. LinkDown], token);
        await stage.SendAsync("snmptrap", ["-v3", "-e", "0x80001f880401020304", .. tooLow, "TARGET", "99", .. LinkDown], token);
        await stage.SendAsync("snmptrap", ["-v3", "-e", "0x80001f880401020304", "-u", "nobody", "-l", "noAuthNoPriv", "TARGET", "99", .. LinkDown], token);
        var inform = await stage.TrySendAsync("snmpinform", ["-v3", "-r0", "-t2", .. wrongPassword, "TARGET", "99", .. LinkDown], token);
        await stage.SendAsync("snmptrap", ["-v2c", "-c", "public", "TARGET", "99", "1.3.6.1.6.3.1.1.5.1"], token);
        var first = await stage.NextAsync(token);
        var round = await stage.RoundAsync(token);

        Assert.That(first.FindTag("trap"), Is.EqualTo("coldStart"));
        Assert.That(inform.Code, Is.Not.Zero);
        Assert.That(inform.Output, Does.Contain("Authentication failure"));
        Assert.That((Count(round, "wrong_digest"), Count(round, "wrong_security_level"), Count(round, "unknown_user")), Is.EqualTo((2L, 1L, 1L)));
    }

    [Test]
    public async Task The_engine_id_outlives_a_restart_and_its_boots_are_counted(CancellationToken token)
    {
        await using var stage = new TrapStage(Users());
        var user = Some.User(AuthProtocol.SHA1, PrivProtocol.AES128);
        await stage.SendAsync("snmpinform", ["-v3", "-r0", "-t30", .. Arguments(user), "TARGET", "99", .. LinkDown], token);
        await stage.NextAsync(token);

        await stage.RestartAsync();
        await stage.SendAsync("snmpinform", ["-v3", "-r0", "-t30", .. Arguments(user), "TARGET", "99", .. LinkDown], token);

        Assert.That((await stage.NextAsync(token)).FindTag("trap"), Is.EqualTo("linkDown"));
    }

    private static string Users() => $"\"Credentials\": {{ {string.Join(", ", Some.Users.Select(User))} }}";

    private static string User(SnmpCredentials user) =>
        $$""" "{{user.UserName}}": { "Version": "V3", "UserName": "{{user.UserName}}", "Auth": "{{user.Auth}}", "Priv": "{{user.Priv}}" """
        + (user.Auth == AuthProtocol.None ? "" : $", \"AuthPassword\": \"{Some.AuthPassword}\"")
        + (user.Priv == PrivProtocol.None ? "" : $", \"PrivPassword\": \"{Some.PrivPassword}\"") + " }";

    private static string[] Arguments(SnmpCredentials user) => user.Level switch
    {
        SecurityLevel.NoAuthNoPriv => ["-u", user.UserName, "-l", "noAuthNoPriv"],
        SecurityLevel.AuthNoPriv => ["-u", user.UserName, "-l", "authNoPriv", "-a", Some.NetSnmpName(user.Auth), "-A", Some.AuthPassword],
        _ => ["-u", user.UserName, "-l", "authPriv", "-a", Some.NetSnmpName(user.Auth), "-A", Some.AuthPassword,
            "-x", Some.NetSnmpName(user.Priv), "-X", Some.PrivPassword],
    };

    private static string? Text(Point point, string field) => point.FindField(field)?.Text;

    private static long Count(Point point, string field) => point.FindField(field)!.Value.Integer;
}

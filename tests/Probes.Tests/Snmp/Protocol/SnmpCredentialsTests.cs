using System.Text;
using NocMonitor.Configuration;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Snmp.Protocol;

public class SnmpCredentialsTests
{
    private readonly List<ConfigError> _errors = [];
    private readonly List<ConfigError> _warnings = [];

    [SetUp]
    public void Forget()
    {
        _errors.Clear();
        _warnings.Clear();
    }

    [Test]
    public void A_community_is_enough()
    {
        var credentials = Read("""{ "Community": "public" }""");

        Assert.That(_errors, Is.Empty);
        Assert.That((credentials.Version, credentials.Community!.Reveal(), credentials.Level), Is.EqualTo((SnmpVersion.V2c, "public", SecurityLevel.NoAuthNoPriv)));
    }

    [Test]
    public void A_user_has_protocols_and_passwords_from_files()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("secret", "maplesyrup\nmore\n");

        var credentials = Read($$"""{ "Version": "v3", "UserName": "noc", "Auth": "sha256", "AuthPasswordFile": "{{file}}", "Priv": "AES256Reeder", "Context": "vlan-7" }""");

        Assert.That(_errors.Concat(_warnings), Is.Empty);
        Assert.That(credentials.Level, Is.EqualTo(SecurityLevel.AuthPriv));
        Assert.That((credentials.AuthPassword!.Reveal(), credentials.PrivPassword!.Reveal()), Is.EqualTo(("maplesyrup", "maplesyrup")));
        Assert.That(credentials.ToString(), Does.Not.Contain("maplesyrup"));
    }

    [TestCase("{}", "Community: is required for versions 1 and 2c; write it, or name CommunityFile or CommunityVariable")]
    [TestCase("""{ "Community": "c", "UserName": "u", "Priv": "DES" }""", "UserName: is for version 3 only; say Version V3|Priv: is for version 3 only; say Version V3")]
    [TestCase("""{ "Version": "V3" }""", "UserName: version 3 needs a user name of 1 to 32 bytes")]
    [TestCase("""{ "Version": "V3", "UserName": "u", "Auth": "SHA1" }""", "AuthPassword: is required; write it, or name AuthPasswordFile or AuthPasswordVariable")]
    [TestCase("""{ "Version": "V3", "UserName": "u", "Auth": "SHA1", "AuthPassword": "abcdefg" }""", "AuthPassword: must have 8 characters at least")]
    [TestCase("""{ "Version": "V3", "UserName": "u", "Priv": "AES128", "PrivPassword": "abcdefgh" }""",
        "Priv: encryption needs authentication (RFC 3411 section 3.4.3); say Auth")]
    [TestCase("""{ "Version": "V3", "UserName": "u", "Community": "public" }""", "Community: is for versions 1 and 2c only")]
    [TestCase("""{ "Version": "V2c", "CommunityVariable": "NOCMONITOR_TEST_UNSET" }""",
        "CommunityVariable: the environment variable NOCMONITOR_TEST_UNSET is not set")]
    public void What_does_not_fit_together_is_named(string options, string expected)
    {
        Read(options);

        Assert.That(string.Join('|', _errors.Select(error => $"{error.Path}: {error.Message}")), Is.EqualTo(expected));
    }

    [Test]
    public void Broken_algorithms_are_allowed_with_a_warning_each()
    {
        Read("""{ "Version": "V3", "UserName": "u", "Auth": "MD5", "AuthPassword": "maplesyrup", "Priv": "DES" }""");

        Assert.That(_errors, Is.Empty);
        Assert.That(_warnings.Select(warning => warning.Path), Is.EqualTo(new[] { "Auth", "Priv" }));
    }

    [Test]
    public void The_options_describe_themselves() =>
        Assert.That(OptionSchema.Describe(SnmpCredentials.Read).Options.Select(option => option.Name), Does.Contain("CommunityFile").And.Contain("PrivPasswordVariable"));

    private SnmpCredentials Read(string options)
    {
        var reader = new OptionReader(JsonConfigParser.Parse("test.json", Encoding.UTF8.GetBytes(options), _errors), _errors, _warnings);
        var credentials = SnmpCredentials.Read(reader);
        reader.Complete();
        return credentials;
    }
}

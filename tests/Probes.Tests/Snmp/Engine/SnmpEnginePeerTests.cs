using NocMonitor.Configuration;
using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Probes.Tests.Snmp.Protocol;
using NocMonitor.Testing;
using NocMonitor.Testing.Snmp;

namespace NocMonitor.Probes.Tests.Snmp.Engine;

/// <summary>The engine against agents that are not ours: Debian's snmpd and snmpsim.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(60_000)]
public class SnmpEnginePeerTests
{
    private static readonly Oid System = Oid.Parse("1.3.6.1.2.1.1");
    private static readonly Oid[] Interfaces = [.. Enumerable.Range(1, 22).Select(column => Oid.Parse($"1.3.6.1.2.1.2.2.1.{column}"))];

    private readonly SnmpEngine _engine = new(TimeProvider.System, new SnmpSecurity(TimeProvider.System));
    private readonly TemporaryFolder _folder = new();

    [TearDown]
    public async Task StopAsync()
    {
        await _engine.DisposeAsync();
        _folder.Dispose();
    }

    public static IEnumerable<SnmpCredentials> Credentials =>
    [
        new() { Version = SnmpVersion.V1, Community = new Secret("public") },
        new() { Version = SnmpVersion.V2c, Community = new Secret("public") },
        Some.User(AuthProtocol.SHA256, PrivProtocol.AES128),
        Some.User(AuthProtocol.SHA1, PrivProtocol.None),
    ];

    [TestCaseSource(nameof(Credentials))]
    public async Task Snmpd_gives_the_same_to_us_and_to_net_snmp(SnmpCredentials credentials, CancellationToken token)
    {
        using var snmpd = await StartSnmpdAsync(token);
        var device = Open(snmpd, credentials);
        var rows = new RecordedRows();

        // The description and the address are what does not change between the two.
        var result = await device.WalkAsync([Interfaces[1], Interfaces[5]], rows, WalkLimits.Usual, token);
        var walked = await NetSnmp.RunAsync("snmpwalk",
            ["-v2c", "-c", "public", "-On", "-OQ", $"udp:{snmpd.Address}", Interfaces[1].ToString()], token);

        Assert.That((result.Outcome, result.Warnings), Is.EqualTo((SnmpOutcome.Answered, Array.Empty<string>())), result.Error);
        Assert.That(rows.All.Where(row => row.StartsWith("0:", StringComparison.Ordinal)),
            Is.EqualTo(walked.Select(line => $"0:{line[(Interfaces[1].ToString().Length + 2)..].Replace(" = ", "=").Replace("\"", "")}")));
        Assert.That(result.Effort.Retries, Is.Zero);
    }

    [TestCaseSource(nameof(Credentials))]
    public async Task Scalars_and_tables_are_asked_side_by_side(SnmpCredentials credentials, CancellationToken token)
    {
        using var snmpd = await StartSnmpdAsync(token);
        var device = Open(snmpd, credentials);
        var rows = new RecordedRows();

        var walk = device.WalkAsync([System], rows, WalkLimits.Usual, token).AsTask();
        var get = await device.GetAsync([Oid.Parse("1.3.6.1.2.1.1.1.0"), Oid.Parse("1.3.6.1.2.1.1.99.0")], token);

        Assert.That(get.Values.Select(value => value.ToString()), Is.EqualTo(new[] { "a device under test", "no such object" }));
        Assert.That((await walk).IsComplete, Is.True);
        Assert.That(rows.All[0], Is.EqualTo("0:1.0=a device under test"));
    }

    [Test]
    public async Task A_wrong_password_is_told_at_once_and_the_right_one_works_beside_it(CancellationToken token)
    {
        using var snmpd = await StartSnmpdAsync(token);
        var right = Some.User(AuthProtocol.SHA256, PrivProtocol.AES128);
        var wrong = Open(snmpd, right with { AuthPassword = new Secret("not the one") });

        var refused = await wrong.GetAsync([Some.SysUpTime], token);
        var answered = await Open(snmpd, right).GetAsync([Some.SysUpTime], token);

        Assert.That((refused.Outcome, refused.Error),
            Is.EqualTo((SnmpOutcome.Refused, "the device refuses the digest: wrong password or authentication protocol")));
        Assert.That(answered.IsAnswered, Is.True);
        Assert.That(_engine.Counters.Timeouts, Is.Zero);
    }

    [Test]
    public async Task A_restarted_snmpd_costs_a_walk_no_retry(CancellationToken token)
    {
        var user = Some.User(AuthProtocol.SHA256, PrivProtocol.AES128);
        var first = await StartSnmpdAsync(token);
        var device = Open(first, user);
        await device.GetAsync([Some.SysUpTime], token);
        first.Dispose();
        using var second = await StartSnmpdAsync(token, first.Port);

        var result = await device.WalkAsync([System], new RecordedRows(), WalkLimits.Usual, token);

        Assert.That((result.Outcome, result.Effort.Retries), Is.EqualTo((SnmpOutcome.Answered, 0)), result.Error);
    }

    [TestCase("nxos_n9k-c93180yc-fx3")]
    [TestCase("apc_smt750x-nmc2")]
    [TestCase("procurve_e2910")]
    [Category("Conformance")]
    public async Task Snmpsim_and_our_simulator_give_the_same_rows(string recording, CancellationToken token)
    {
        using var snmpsim = await SnmpSimDaemon.StartAsync(Corpora.Find("snmp"), _folder, token);
        await using var simulator = new SnmpSimulator();
        var ours = simulator.Add(SnmpRecording.Load(Corpora.Find($"snmp/{recording}.snmprec")));
        Oid[] columns = [System, .. Interfaces, Oid.Parse("1.3.6.1.2.1.31.1.1.1"), Oid.Parse("1.3.6.1.2.1.99")];
        var theirs = new RecordedRows();
        var mine = new RecordedRows();

        var community = new SnmpCredentials { Community = new Secret(recording) };
        var first = await _engine.Open(new SnmpTarget("snmpsim", snmpsim.EndPoint, community, new SnmpRequestOptions { Timeout = TimeSpan.FromSeconds(5) }))
            .WalkAsync(columns, theirs, WalkLimits.Usual, token);
        var second = await _engine.Open(new SnmpTarget("ours", ours.EndPoint, community, new SnmpRequestOptions()))
            .WalkAsync(columns, mine, WalkLimits.Usual, token);

        Assert.That((first.Outcome, second.Outcome), Is.EqualTo((SnmpOutcome.Answered, SnmpOutcome.Answered)), first.Error + second.Error);
        Assert.That(mine.All, Is.Not.Empty.And.EquivalentTo(theirs.All));
    }

    private Task<SnmpDaemon> StartSnmpdAsync(CancellationToken token, int port = 0) => SnmpDaemon.StartAsync(_folder,
        "rocommunity public\nsysdescr a device under test\n" + string.Concat(Credentials.Skip(2).Select(Some.SnmpdUser)), token, port);

    private SnmpDevice Open(SnmpDaemon snmpd, SnmpCredentials credentials) =>
        _engine.Open(new SnmpTarget(snmpd.Address.ToString(), snmpd.Address, credentials, new SnmpRequestOptions()));
}

using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.Configuration;
using NocMonitor.Probes.Discovery;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Testing;
using NocMonitor.Testing.Snmp;

namespace NocMonitor.Probes.Tests.Discovery;

public class DeviceDiscoveryTests
{
    private const string Switch =
        """
        1.3.6.1.2.1.1.1.0|4|Made-up switch
        1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999.1
        1.3.6.1.2.1.1.3.0|67|100
        1.3.6.1.2.1.1.4.0|4|noc
        1.3.6.1.2.1.1.5.0|4|sw1
        1.3.6.1.2.1.1.6.0|4|Rack 7
        1.3.6.1.2.1.2.2.1.2.1|4|Port one
        1.3.6.1.2.1.2.2.1.2.2|4|Port;two
        1.3.6.1.2.1.4.20.1.1.10.0.0.1|64|10.0.0.1
        1.3.6.1.2.1.4.20.1.1.127.0.0.1|64|127.0.0.1
        1.3.6.1.2.1.31.1.1.1.1.1|4|p1
        1.3.6.1.2.1.47.1.1.1.1.5.1|2|11
        1.3.6.1.2.1.47.1.1.1.1.5.2|2|3
        1.3.6.1.2.1.47.1.1.1.1.5.3|2|10
        1.3.6.1.2.1.47.1.1.1.1.10.2|4|7.1
        1.3.6.1.2.1.47.1.1.1.1.11.2|4|SN1
        1.3.6.1.2.1.47.1.1.1.1.11.3|4|SN-module
        1.3.6.1.2.1.47.1.1.1.1.12.2|4|Makers
        1.3.6.1.2.1.47.1.1.1.1.13.2|4|M-24
        1.0.8802.1.1.2.1.3.1.0|2|4
        1.0.8802.1.1.2.1.3.2.0|4x|00005e005301
        """;

    private readonly ProbeContext _context = new(TimeProvider.System, "test", NullLoggerFactory.Instance);

    [TearDown]
    public async Task CloseAsync() => await _context.DisposeAsync();

    [Test]
    public async Task What_answers_is_found_with_what_it_says_of_itself_and_its_open_ports()
    {
        await using var simulator = new SnmpSimulator();
        simulator.Add(SnmpRecording.Parse(Switch), IPAddress.Parse("127.9.0.3"), "secret");
        using var listener = new TcpListener(IPAddress.Parse("127.9.0.5"), 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var found = await RunAsync("127.9.0.1-6", new DiscoveryOptions { Credentials = [Community("wrong"), Community("secret")], SnmpPort = simulator.Port, Ports = [1, port] });

        Assert.That(found.Devices.Select(device => device.Address.ToString()), Is.EquivalentTo(Enumerable.Range(1, 6).Select(last => $"127.9.0.{last}")));
        Assert.That(found.At("127.9.0.3").Facts.Select(fact => $"{fact.Key}={fact.Value}"), Is.EquivalentTo(new[]
        {
            "objectId=1.3.6.1.4.1.99999.1", "description=Made-up switch", "sysName=sw1", "location=Rack 7", "contact=noc", "chassisId=00:00:5e:00:53:01",
            "interfaces=p1;Port,two", "addresses=10.0.0.1", "serial=SN1", "model=M-24", "vendor=Makers", "version=7.1",
        }));
        Assert.That((found.At("127.9.0.3").Credentials, found.At("127.9.0.5").Fact("ports"), found.At("127.9.0.1").Facts.Count), Is.EqualTo(("secret", $"{port}", 0)));
        Assert.That(found.Cursors[^1], Is.EqualTo(6));
        Assert.That(found.Cursors, Is.Ordered);
    }

    [Test]
    public async Task Every_recording_of_a_real_device_is_identified()
    {
        await using var simulator = new SnmpSimulator();
        var files = Directory.GetFiles(Corpora.Find("snmp"), "*.snmprec").Order(StringComparer.Ordinal).ToArray();
        foreach (var file in files)
        {
            simulator.Add(SnmpRecording.Load(file));
        }

        var found = await RunAsync($"127.1.0.1-{files.Length}", new DiscoveryOptions { Credentials = [Community("public")], SnmpPort = simulator.Port, Ports = [], ProfileFolders = [Repository.Locate("profiles")] });

        Assert.That(found.Devices, Has.Count.EqualTo(files.Length));
        Assert.That(found.Devices.Where(device => device.Credentials != "public" || device.Fact("objectId").Length == 0), Is.Empty);
        Assert.That(found.Devices.Count(device => device.Fact("serial").Length > 0), Is.GreaterThan(files.Length / 2));
    }

    [Test]
    public async Task A_real_agent_is_identified_by_the_user_it_knows()
    {
        using var folder = new TemporaryFolder();
        using var daemon = await SnmpDaemon.StartAsync(
            folder, "createUser noc SHA \"password1\" AES \"password2\"\nrouser noc priv\nsyslocation Rack 9\nsysname real-one\n", CancellationToken.None);
        var user = new SnmpCredentials
        {
            Name = "site1",
            Version = SnmpVersion.V3,
            UserName = "noc",
            Auth = AuthProtocol.SHA1,
            AuthPassword = new Secret("password1"),
            Priv = PrivProtocol.AES128,
            PrivPassword = new Secret("password2"),
        };

        var found = await RunAsync("127.0.0.1", new DiscoveryOptions { Credentials = [Community("nobody"), user], SnmpPort = daemon.Port, Ports = [] });

        var device = found.Devices.Single();
        Assert.That((device.Credentials, device.Fact("sysName"), device.Fact("location")), Is.EqualTo(("site1", "real-one", "Rack 9")));
        Assert.That(device.Fact("interfaces"), Does.Contain("lo"));
    }

    [Test]
    public async Task An_IPv6_address_is_pinged_identified_and_tried_for_ports_like_any_other()
    {
        await using var simulator = new SnmpSimulator(family: AddressFamily.InterNetworkV6);
        simulator.AddCommunity(SnmpRecording.Parse(Switch), "secret");
        using var listener = new TcpListener(IPAddress.IPv6Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var found = await RunAsync("::1", new DiscoveryOptions { Credentials = [Community("secret")], SnmpPort = simulator.Port, Ports = [port] });

        Assert.That((found.Devices.Single().Fact("sysName"), found.Devices[0].Fact("ports")), Is.EqualTo(("sw1", $"{port}")));
    }

    [Test]
    public async Task Without_pings_only_what_answers_otherwise_is_found()
    {
        await using var simulator = new SnmpSimulator();
        simulator.Add(SnmpRecording.Parse(Switch), IPAddress.Parse("127.9.1.2"));

        var found = await RunAsync("127.9.1.1-3", new DiscoveryOptions { Credentials = [Community("any")], SnmpPort = simulator.Port, Ports = [], SkipsPing = true });

        Assert.That(found.Devices.Select(device => device.Address.ToString()), Is.EqualTo(new[] { "127.9.1.2" }));
        Assert.That(found.Cursors[^1], Is.EqualTo(3));
    }

    [Test]
    public async Task A_cancelled_run_goes_on_where_it_was_and_loses_and_doubles_nothing()
    {
        using var stop = new CancellationTokenSource();
        FoundDevices first = null!;
        first = new FoundDevices(_ =>
        {
            if (first.Devices.Count == 40)
            {
                stop.Cancel();
            }
        });
        var options = new DiscoveryOptions { Ports = [], Rate = 2000, Concurrency = 8 };
        Assert.That(async () => await RunAsync("127.7.0.1-200", options, first, 0, stop.Token), Throws.InstanceOf<OperationCanceledException>());
        var next = first.Cursors[^1];

        var rest = await RunAsync("127.7.0.1-200", options, new FoundDevices(), next, CancellationToken.None);

        Assert.That(next, Is.GreaterThan(0).And.LessThan(200));
        var all = first.Devices.Where(device => device.Address.GetAddressBytes()[3] <= next).Concat(rest.Devices).Select(device => device.Address.ToString()).ToList();
        Assert.That(all, Is.Unique);
        Assert.That(all, Has.Count.EqualTo(200));
    }

    [Test]
    public async Task An_address_without_anybody_is_asked_twice_and_not_found()
    {
        var engine = new SilentEngine(silent: 3);
        var sweep = new PingSweep(Addresses("10.0.0.1-5"), new DiscoveryOptions(), engine, TimeProvider.System);

        var answers = new List<SweepAnswer>();
        await foreach (var answer in sweep.RunAsync(0, CancellationToken.None))
        {
            answers.Add(answer);
        }

        Assert.That(answers.OrderBy(answer => answer.Index).Select(answer => answer.Answers), Is.EqualTo(new[] { true, true, false, true, true }));
        Assert.That(engine.Asked.Count(address => address == "10.0.0.3"), Is.EqualTo(2));
    }

    [Test]
    public async Task Pings_are_sent_at_the_rate_that_was_asked_for()
    {
        var engine = new SilentEngine(silent: 0);
        var time = new ManualTimeProvider();
        var sweep = new PingSweep(Addresses("10.0.0.0/24"), new DiscoveryOptions { Rate = 100 }, engine, time);

        await foreach (var _ in sweep.RunAsync(0, CancellationToken.None))
        {
        }

        Assert.That(engine.Due[^1] - engine.Due[0], Is.EqualTo(253 * time.TimestampFrequency / 100));
    }

    private async Task<FoundDevices> RunAsync(string targets, DiscoveryOptions options) => await RunAsync(targets, options, new FoundDevices(), 0, CancellationToken.None);

    private async Task<FoundDevices> RunAsync(string targets, DiscoveryOptions options, FoundDevices found, long from, CancellationToken token)
    {
        await new DeviceDiscovery(Addresses(targets), options, _context).RunAsync(from, found, token);
        return found;
    }

    private static AddressSet Addresses(string targets) => AddressSet.Parse([targets], [], AddressSet.UsualMost, [])!;

    private static SnmpCredentials Community(string name) => new() { Name = name, Community = new Secret(name) };
}

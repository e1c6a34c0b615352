using System.CommandLine;
using System.Text;
using Microsoft.Extensions.Logging;
using NocMonitor.Agent.Commands;
using NocMonitor.Agent.Settings;
using NocMonitor.Configuration;
using NocMonitor.Testing;

namespace NocMonitor.Agent.Tests.Commands;

public class AgentCommandsTests
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Build()
    {
        _folder = new TemporaryFolder();
        _output.GetStringBuilder().Clear();
        _errors.GetStringBuilder().Clear();
    }

    [TearDown]
    public void Clear() => _folder.Dispose();

    [Test]
    public async Task Check_config_lists_the_probes_of_a_good_file_and_exits_0()
    {
        var file = _folder.Write("agent.json", """{ "Agent": { "Probes": [ { "Type": "mem", "Interval": "30s" } ] } }""");

        var code = await InvokeAsync("check-config", "--config", file);

        Assert.That((code, _errors.ToString()), Is.EqualTo((0, "")));
        Assert.That(_output.ToString(), Does.Contain(file).And.Match("mem +mem +every 30s"));
    }

    [Test]
    public async Task Check_config_prints_every_error_and_exits_1()
    {
        var file = _folder.Write("agent.json", """{ "Agent": { "FlushInterval": 5, "Probes": [ { "Type": "mem", "Wat": 1 } ] } }""");

        var code = await InvokeAsync("check-config", "--config", file);

        Assert.That(code, Is.EqualTo(1));
        Assert.That(_errors.ToString(), Does.Contain($"{file}:1:31: Agent.FlushInterval").And.Contain("Wat: unknown key"));
    }

    [Test]
    public async Task Check_config_prints_a_warning_and_still_exits_0()
    {
        var file = _folder.Write("agent.json",
            """{ "Agent": { "Probes": [ { "Type": "snmp_trap", "Credentials": { "old": { "Version": "V3", "UserName": "u", "Auth": "MD5", "AuthPassword": "maplesyrup", "Priv": "DES" } } } ] } }""");

        var code = await InvokeAsync("check-config", "--config", file);

        Assert.That(code, Is.Zero);
        Assert.That(_errors.ToString(), Does.Contain($"warning: {file}:1:").And.Contain("Credentials.old.Auth: MD5 is broken").And.Contain("Priv: DES is broken"));
        Assert.That(_errors.ToString(), Does.Not.Contain("maplesyrup"));
    }

    [Test]
    public async Task A_collector_s_address_that_is_none_is_refused_and_so_is_an_unknown_command()
    {
        Assert.That(await InvokeAsync("check-config", "--collector", "nonsense"), Is.EqualTo(1));
        Assert.That(await InvokeAsync("frobnicate"), Is.EqualTo(1));
        Assert.That(_errors.ToString(), Does.Contain("'nonsense' is not an address"));
    }

    [Test]
    public async Task Probe_prints_fields_for_a_person_and_exits_0()
    {
        var code = await ProbeCommand.RunAsync("mem", [], TimeSpan.FromSeconds(30), LogLevel.Warning, _output, _errors, CancellationToken.None);

        Assert.That((code, _errors.ToString()), Is.EqualTo((0, "")));
        Assert.That(_output.ToString(), Does.StartWith("ok     mem").And.Contain("used_percent"));
    }

    [Test]
    public async Task Probe_of_a_target_that_fails_exits_2()
    {
        using var closed = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        closed.Start();
        var port = ((System.Net.IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();

        var code = await ProbeCommand.RunAsync(
            "tcp", [$"Targets=127.0.0.1:{port}", "Confirmations=0"], TimeSpan.FromSeconds(30), LogLevel.Warning, _output, _errors, CancellationToken.None);

        Assert.That(code, Is.EqualTo(2));
        Assert.That(_output.ToString(), Does.StartWith("FAILED net_response").And.Contain("1 failed"));
    }

    [Test]
    public async Task Probe_with_wrong_options_or_an_unknown_type_says_what_is_wrong_and_exits_1()
    {
        Assert.That(await ProbeCommand.RunAsync("tcp", ["Tragets=x", "novalue"], TimeSpan.FromSeconds(1), LogLevel.Warning, _output, _errors, CancellationToken.None), Is.EqualTo(1));
        Assert.That(await ProbeCommand.RunAsync("telepathy", [], TimeSpan.FromSeconds(1), LogLevel.Warning, _output, _errors, CancellationToken.None), Is.EqualTo(1));
        Assert.That(_errors.ToString(), Does.Contain("did you mean Targets?").And.Contain("expected Name=Value").And.Contain("no probe type 'telepathy'"));
    }

    [Test]
    public void A_name_given_twice_is_a_list_and_a_dot_goes_into_a_section()
    {
        var errors = new List<ConfigError>();

        var node = CommandLineOptions.Parse(["Targets=a", "Tls.CaFile=x=y", "targets=b", "Tls.Name=n", "Text="], errors);

        Assert.That(errors, Is.Empty);
        Assert.That(node.Find("Targets")!.Items.Select(item => item.Text), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(node.Find("Tls")!.Find("CaFile")!.Text, Is.EqualTo("x=y"));
        Assert.That(node.Find("Tls")!.Find("Name")!.Path, Is.EqualTo("Tls.Name"));
        Assert.That(node.Find("Text")!.Text, Is.Empty);
    }

    [Test]
    public async Task Once_prints_every_probe_s_points_as_line_protocol_with_its_tags()
    {
        using var stream = new MemoryStream();
        var options = Options(SomeProbe.Entry("a", FakeProbe.Counting()), SomeProbe.Entry("b", FakeProbe.Counting()));

        var code = await OnceCommand.RunAsync(options, stream, _errors, CancellationToken.None);

        var lines = Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(code, Is.Zero);
        Assert.That(lines.Count(line => line.StartsWith("fake,agent=agent-1,host=agent-1 round=1i ", StringComparison.Ordinal)), Is.EqualTo(2));
        Assert.That(lines.Count(line => line.StartsWith("probe,probe=", StringComparison.Ordinal)), Is.EqualTo(2));
    }

    [Test]
    public async Task Once_exits_1_when_a_probe_could_not_be_made_or_did_not_finish_and_prints_the_others()
    {
        using var stream = new MemoryStream();
        var broken = new FakeProbe((_, _, _) => throw new InvalidOperationException("no"));
        var options = Options(
            SomeProbe.Entry("a", _ => throw new UnauthorizedAccessException("no right")), SomeProbe.Entry("b", broken), SomeProbe.Entry("c", FakeProbe.Counting()));

        var code = await OnceCommand.RunAsync(options, stream, _errors, CancellationToken.None);

        Assert.That(code, Is.EqualTo(1));
        Assert.That(_errors.ToString(), Does.Contain("probe a: no right"));
        Assert.That(Encoding.UTF8.GetString(stream.ToArray()), Does.Contain("fake,"));
    }

    private static AgentOptions Options(params ProbeEntry[] entries) => SomeOptions.Default with { Probes = entries };

    private async Task<int> InvokeAsync(params string[] arguments) =>
        await AgentCommands.Create().Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = _output, Error = _errors });
}

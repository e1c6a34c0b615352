using System.CommandLine;
using NocMonitor.Agent.Commands;
using NocMonitor.Testing;

namespace NocMonitor.Agent.Tests.Commands;

public class ProfilesCommandTests
{
    private readonly StringWriter _output = new();
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Build()
    {
        _folder = new TemporaryFolder();
        _output.GetStringBuilder().Clear();
    }

    [TearDown]
    public void Clear() => _folder.Dispose();

    [Test]
    public async Task Good_profiles_are_counted_and_it_exits_0()
    {
        _folder.Write("fan.yaml", "sysobjectid: 1.3.6.1.4.1.99999.*\nmetrics:\n- symbol: {OID: 1.3.6.1.4.1.99999.1.0, name: speed}");

        var code = await InvokeAsync("check", _folder.Path);

        var last = Lines()[^1];
        Assert.That((code, last), Is.EqualTo((0, $"{Lines("list").Length} profiles, 0 errors, 0 unsupported")));
    }

    [Test]
    public async Task Every_fault_is_printed_with_its_place_and_errors_exit_1()
    {
        var fan = _folder.Write("fan.yaml", "metrics:\n- symbol: {OID: 1.3.6, name: a, colour: red}");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "sub"));
        var pump = _folder.Write("sub/pump.yaml", "metrics:\n- symbol: {OID: 1.3.x, name: a}");

        var code = await InvokeAsync("check", _folder.Path);

        Assert.That(code, Is.EqualTo(1));
        Assert.That(Lines(), Has.Exactly(1).EqualTo($"{fan}:2:33: unsupported: unknown key colour"));
        Assert.That(Lines(), Has.Exactly(1).StartsWith($"{pump}:2:17: error: '1.3.x' is not an object identifier"));
        Assert.That(Lines()[^1], Does.EndWith(" 1 errors, 1 unsupported"));
    }

    [Test]
    public async Task What_is_not_understood_alone_exits_0()
    {
        _folder.Write("fan.yaml", "options: 1\nmetrics:\n- symbol: {OID: 1.3.6, name: a}");

        Assert.That(await InvokeAsync("check", _folder.Path), Is.Zero);
    }

    [Test]
    public async Task A_folder_that_is_not_there_is_an_error()
    {
        var code = await InvokeAsync("check", Path.Combine(_folder.Path, "nowhere"));

        Assert.That(code, Is.EqualTo(1));
        Assert.That(Lines(), Has.Exactly(1).Contains("nowhere").And.Contain("cannot be read"));
    }

    [Test]
    public async Task A_list_says_for_which_devices_a_profile_is()
    {
        _folder.Write("fan.yaml", "sysobjectid: [1.3.6.1.4.1.99999.1.*, 1.3.6.1.4.1.99999.2]\ndevice: {vendor: Example}\nmetrics:\n- symbol: {OID: 1.3.6, name: a}");

        var code = await InvokeAsync("list", _folder.Path);

        Assert.That(code, Is.Zero);
        Assert.That(Lines(), Has.Exactly(1).Match(@"^fan +Example +1\.3\.6\.1\.4\.1\.99999\.1\.\* 1\.3\.6\.1\.4\.1\.99999\.2$"));
    }

    private Task<int> InvokeAsync(params string[] arguments) => ProfilesCommand.Create().Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = _output });

    private string[] Lines() => _output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private string[] Lines(string command)
    {
        _output.GetStringBuilder().Clear();
        ProfilesCommand.Create().Parse([command, _folder.Path]).Invoke(new InvocationConfiguration { Output = _output });
        return Lines();
    }
}

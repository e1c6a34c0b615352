using System.Net;
using System.Net.Sockets;
using NocMonitor.EndToEnd.Tests.Stage;
using NocMonitor.Testing;

namespace NocMonitor.EndToEnd.Tests;

[Platform("Linux")]
public class RunScriptTests
{
    private readonly TemporaryFolder _folder = new();

    [OneTimeTearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public async Task Help_names_every_option()
    {
        var (code, output) = await RunAsync("--help");

        Assert.That(code, Is.Zero);
        Assert.That(output, Does.Contain("--data").And.Contain("--urls").And.Contain("--config"));
    }

    [Test]
    public async Task A_busy_port_is_one_clear_line()
    {
        using var occupant = new TcpListener(IPAddress.Loopback, 0);
        occupant.Start();
        var port = ((IPEndPoint)occupant.LocalEndpoint).Port;

        var (code, output) = await RunAsync("--data", _folder.File("data"), "--urls", $"http://127.0.0.1:{port}");

        Assert.That((code, output.TrimEnd()), Is.EqualTo((1, $"run: port {port} is busy; stop what listens there or use --urls http://127.0.0.1:ANOTHER")));
    }

    [Test]
    public async Task A_data_folder_that_cannot_be_written_is_one_clear_line()
    {
        var file = _folder.Write("occupied", "a file where the folder should be");

        var (code, output) = await RunAsync("--data", file);

        Assert.That((code, output.TrimEnd()), Is.EqualTo((1, $"run: cannot write to the data folder {file}")));
    }

    [Test]
    public async Task An_unknown_option_is_one_clear_line()
    {
        var (code, output) = await RunAsync("--dta", "x");

        Assert.That((code, output.TrimEnd()), Is.EqualTo((1, "run: unknown option --dta; ./run --help says all")));
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        await using var run = RunningProgram.Start(Repository.Locate("run"), Repository.Root, arguments);
        var code = await run.ExitAsync(CancellationToken.None);
        return (code, run.Output);
    }
}

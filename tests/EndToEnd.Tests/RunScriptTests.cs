using System.Diagnostics;
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

    /// <summary>The collector is killed: the story ends by itself and leaves no process.</summary>
    [Test]
    public async Task What_it_prints_into_a_file_stays_whole_to_the_line_that_says_why_it_ended()
    {
        var (output, port, data) = (_folder.File("output"), Loopback.FreePort(), _folder.File("story"));
        await using var run = RunningProgram.Start("/bin/bash", Repository.Root,
            "-c", $"exec ./run --data '{data}' --urls http://127.0.0.1:{port} >'{output}' 2>&1");

        await Eventually.HappensAsync("points", () => Task.FromResult(Printed().Contains(" cpu ", StringComparison.Ordinal)), Printed, TimeSpan.FromMinutes(8));
        CollectorOf(data).Kill();
        var code = await run.ExitAsync(CancellationToken.None);

        var lines = Printed().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(lines.Take(4).Select(line => line.Split(' ')[0]), Is.EqualTo(new[] { "Building", "Collector:", "Data:", "Stop:" }));
        Assert.That(lines[^1], Is.EqualTo($"run: the collector stopped by itself with exit code 137; its log is {data}/logs/collector.log"));
        Assert.That(lines, Has.None.Contains("Killed"));

        string Printed() => File.Exists(output) ? File.ReadAllText(output) : "";
    }

    /// <summary>The script's own child, told from all others by the folder that only this test knows.</summary>
    private static Process CollectorOf(string data) => Process.GetProcessesByName("nocmonitor-coll").Concat(Process.GetProcessesByName("nocmonitor-collector"))
        .First(process => File.ReadAllText($"/proc/{process.Id}/cmdline").Contains($"\0run\0", StringComparison.Ordinal)
            && File.ReadAllText($"/proc/{process.Id}/cmdline").Contains($"{data}/collector", StringComparison.Ordinal));

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        await using var run = RunningProgram.Start(Repository.Locate("run"), Repository.Root, arguments);
        var code = await run.ExitAsync(CancellationToken.None);
        return (code, run.Output);
    }
}

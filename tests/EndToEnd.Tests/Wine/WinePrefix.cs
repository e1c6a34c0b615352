using System.Diagnostics;
using NocMonitor.Testing;

namespace NocMonitor.EndToEnd.Tests.Wine;

/// <summary>
/// A Windows of its own under wine: a fresh prefix in a temporary folder and one command prompt that waits, because wine stops its services with the
/// last program of a user. Ends only the processes of this prefix.
/// </summary>
internal sealed class WinePrefix : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _wine;
    private Process? _prompt;
    private int _runs;

    private WinePrefix(string wine) => _wine = wine;

    /// <summary>The published Windows agent as wine names it.</summary>
    public string Agent { get; private init; } = "";

    /// <summary>Ignores the test where wine or the publish is missing, also in CI: neither is required.</summary>
    public static async Task<WinePrefix> CreateAsync()
    {
        var wine = new[] { "/usr/bin/wine", "/usr/bin/wine64-stable", "/usr/lib/wine/wine64" }.FirstOrDefault(File.Exists);
        var agent = Path.Combine(Repository.Root, "artifacts", "agent-win-x64", "nocmonitor-agent.exe");
        if (wine is null)
        {
            Assert.Ignore("wine is not installed; apt-get install --no-install-recommends wine wine64");
        }

        if (!File.Exists(agent))
        {
            Assert.Ignore("no artifacts/agent-win-x64; dotnet publish src/Agent -r win-x64 -c Release -o artifacts/agent-win-x64");
        }

        var prefix = new WinePrefix(wine!) { Agent = WindowsPath(agent) };
        try
        {
            await prefix.RunAsync("wineboot", "-i");
            await prefix.ShutDownAsync();
            await prefix.OpenPromptAsync();
            return prefix;
        }
        catch
        {
            await prefix.DisposeAsync();
            throw;
        }
    }

    public static string WindowsPath(string path) => "Z:" + path.Replace('/', '\\');

    /// <summary>Runs a Windows program to its end and gives what it printed.</summary>
    public async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var output = PathOf($"output-{++_runs}.txt");
        using var process = Start(_wine, output, [program, .. arguments]);
        process.StandardInput.Close();
        await process.WaitForExitAsync(limit.Token);
        return await File.ReadAllTextAsync(output, limit.Token);
    }

    /// <summary>Waits for the prompt: two programs that start at once would each start a service manager, and wine would ask now one, now the other.</summary>
    private async Task OpenPromptAsync()
    {
        var output = PathOf("prompt.txt");
        _prompt = Start(_wine, output, "cmd");
        await Eventually.HappensAsync("a command prompt", () => Task.FromResult(File.Exists(output) && new FileInfo(output).Length > 0));
    }

    /// <summary>Ends all programs of the prefix and waits until they are gone.</summary>
    private async Task ShutDownAsync()
    {
        foreach (var option in new[] { "-k", "-w" })
        {
            using var server = Start(Path.Combine(Path.GetDirectoryName(_wine)!, "wineserver"), "/dev/null", option);
            await server.WaitForExitAsync();
        }
    }

    public string PathOf(string name) => _folder.File(name);

    public string Write(string name, string text) => _folder.Write(name, text);

    public async ValueTask DisposeAsync()
    {
        _prompt?.StandardInput.Close();
        await ShutDownAsync();
        if (_prompt is not null)
        {
            await _prompt.WaitForExitAsync();
            _prompt.Dispose();
        }

        _folder.Dispose();
    }

    /// <summary>Output goes to a file: the server that wine starts in the background would hold a pipe open.</summary>
    private Process Start(string program, string output, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >\"$OUTPUT\" 2>&1", "sh", program, .. arguments])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardInput = true,
        };
        start.Environment["OUTPUT"] = output;
        start.Environment["WINEPREFIX"] = PathOf("prefix");
        start.Environment["WINEDEBUG"] = "-all";
        start.Environment["DISPLAY"] = "";
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
    }
}

using NocMonitor.Testing;

namespace NocMonitor.EndToEnd.Tests.Stage;

/// <summary>Somebody else's server on loopback with a folder and a port of its own; it can be stopped and started again with what it holds.</summary>
internal sealed class PeerServer(string program, string package, string name) : IAsyncDisposable
{
    private readonly string _program = Prerequisite.Program(program, package);
    private RunningProgram? _running;

    public TemporaryFolder Folder { get; } = new();

    public HttpClient Http { get; } = new();

    /// <summary>Host and port.</summary>
    public string Address { get; } = $"127.0.0.1:{Loopback.FreePort()}";

    public string Url => $"http://{Address}";

    public string Output => _running?.Output ?? "";

    /// <param name="readyPath">What answers with success once the server takes requests.</param>
    public Task StartAsync(string readyPath, params string[] arguments)
    {
        _running = RunningProgram.Start(_program, Folder.Path, arguments);
        return Eventually.HappensAsync(name, () => IsUpAsync(readyPath), () => Output);
    }

    public async Task StopAsync()
    {
        await _running!.StopAsync(CancellationToken.None);
        await _running.DisposeAsync();
        _running = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is not null)
        {
            await _running.DisposeAsync();
        }

        Http.Dispose();
        Folder.Dispose();
    }

    private async Task<bool> IsUpAsync(string path)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri($"{Url}{path}"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}

using NocMonitor.Testing;

namespace NocMonitor.EndToEnd.Tests.Stage;

/// <summary>A real VictoriaMetrics on loopback with a folder of its own; it can be stopped and started again with what it holds.</summary>
internal sealed class VictoriaServer : IAsyncDisposable
{
    private readonly string _program = Prerequisite.Program("victoria-metrics", "victoria-metrics");
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private RunningProgram? _running;

    public string Url { get; } = $"http://127.0.0.1:{Loopback.FreePort()}";

    public async Task StartAsync()
    {
        _running = RunningProgram.Start(_program, _folder.Path, $"-storageDataPath={_folder.File("data")}", $"-httpListenAddr={Url["http://".Length..]}", "-retentionPeriod=100y");
        await Eventually.HappensAsync("VictoriaMetrics", IsUpAsync, () => _running.Output);
    }

    public async Task StopAsync()
    {
        await _running!.StopAsync(CancellationToken.None);
        await _running.DisposeAsync();
        _running = null;
    }

    /// <summary>All samples of what matches, as JSON lines, the newest included.</summary>
    public async Task<string> ExportAsync(string match)
    {
        await _http.GetStringAsync(new Uri($"{Url}/internal/force_flush"));
        return await _http.GetStringAsync(new Uri($"{Url}/api/v1/export?match[]={Uri.EscapeDataString(match)}"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is not null)
        {
            await _running.DisposeAsync();
        }

        _http.Dispose();
        _folder.Dispose();
    }

    private async Task<bool> IsUpAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri($"{Url}/health"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}

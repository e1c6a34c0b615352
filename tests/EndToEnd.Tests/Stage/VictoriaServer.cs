namespace NocMonitor.EndToEnd.Tests.Stage;

/// <summary>A real VictoriaMetrics.</summary>
internal sealed class VictoriaServer : IAsyncDisposable
{
    private readonly PeerServer _server = new("victoria-metrics", "victoria-metrics", "VictoriaMetrics");

    public string Url => _server.Url;

    public Task StartAsync() => _server.StartAsync("/health",
        $"-storageDataPath={_server.Folder.File("data")}", $"-httpListenAddr={_server.Address}", "-retentionPeriod=100y");

    public Task StopAsync() => _server.StopAsync();

    /// <summary>All samples of what matches, as JSON lines, the newest included.</summary>
    public async Task<string> ExportAsync(string match)
    {
        await _server.Http.GetStringAsync(new Uri($"{Url}/internal/force_flush"));
        return await _server.Http.GetStringAsync(new Uri($"{Url}/api/v1/export?match[]={Uri.EscapeDataString(match)}"));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}

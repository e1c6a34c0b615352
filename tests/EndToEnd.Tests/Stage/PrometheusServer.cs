namespace NocMonitor.EndToEnd.Tests.Stage;

/// <summary>A real Prometheus that scrapes itself and writes what it scrapes to somebody else.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private readonly PeerServer _server = new("prometheus", "prometheus", "Prometheus");

    public string Output => _server.Output;

    /// <param name="remoteWrite">Lines of the entry under remote_write, without its dash.</param>
    public Task StartAsync(params string[] remoteWrite)
    {
        var config = _server.Folder.Write("prometheus.yml", $"""
            global:
              scrape_interval: 1s
            scrape_configs:
              - job_name: prometheus
                static_configs:
                  - targets: [ "{_server.Address}" ]
            remote_write:
              - {string.Join("\n    ", remoteWrite)}
            """);
        return _server.StartAsync("/-/ready",
            $"--config.file={config}", $"--storage.tsdb.path={_server.Folder.File("data")}", $"--web.listen-address={_server.Address}", "--log.level=warn");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}

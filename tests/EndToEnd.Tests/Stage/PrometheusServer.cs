using NocMonitor.Testing;

namespace NocMonitor.EndToEnd.Tests.Stage;

/// <summary>A real Prometheus on loopback that scrapes itself and writes what it scrapes to somebody else.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private readonly string _program = Prerequisite.Program("prometheus", "prometheus");
    private readonly TemporaryFolder _folder = new();
    private RunningProgram? _running;

    public string Address { get; } = $"127.0.0.1:{Loopback.FreePort()}";

    public string Output => _running?.Output ?? "";

    /// <param name="remoteWrite">Lines of the entry under remote_write, without its dash.</param>
    public void Start(params string[] remoteWrite)
    {
        var config = _folder.Write("prometheus.yml", $"""
            global:
              scrape_interval: 1s
            scrape_configs:
              - job_name: prometheus
                static_configs:
                  - targets: [ "{Address}" ]
            remote_write:
              - {string.Join("\n    ", remoteWrite)}
            """);
        _running = RunningProgram.Start(_program, _folder.Path,
            $"--config.file={config}", $"--storage.tsdb.path={_folder.File("data")}", $"--web.listen-address={Address}", "--log.level=warn");
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is not null)
        {
            await _running.DisposeAsync();
        }

        _folder.Dispose();
    }
}

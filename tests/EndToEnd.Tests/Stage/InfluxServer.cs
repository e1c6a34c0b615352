using System.Text.Json.Nodes;

namespace NocMonitor.EndToEnd.Tests.Stage;

/// <summary>A real InfluxDB 1.</summary>
internal sealed class InfluxServer : IAsyncDisposable
{
    private readonly PeerServer _server = new("influxd", "influxdb", "InfluxDB");

    public string Url => _server.Url;

    public Task StartAsync()
    {
        var folder = _server.Folder;
        var config = folder.Write("influxdb.conf", $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{Loopback.FreePort()}"
            [meta]
              dir = "{folder.File("meta")}"
            [data]
              dir = "{folder.File("data")}"
              wal-dir = "{folder.File("wal")}"
            [monitor]
              store-enabled = false
            [http]
              bind-address = "{_server.Address}"
              log-enabled = false
            """);
        return _server.StartAsync("/ping", "-config", config);
    }

    public Task StopAsync() => _server.StopAsync();

    /// <summary>Runs a statement and gives the rows of its first series; none for an empty answer.</summary>
    public async Task<IReadOnlyList<JsonArray>> QueryAsync(string statement, string database) =>
        (await AskAsync(statement, database))?["results"]?[0]?["series"]?[0]?["values"]?.AsArray().Select(row => row!.AsArray()).ToList() ?? [];

    /// <summary>The whole answer to a query.</summary>
    public async Task<JsonNode?> AskAsync(string query, string database)
    {
        using var form = new FormUrlEncodedContent([new("q", query), new("db", database), new("epoch", "ns")]);
        using var answer = await _server.Http.PostAsync(new Uri($"{Url}/query"), form);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync());
    }

    public async Task WriteAsync(string lines, string database)
    {
        using var answer = await _server.Http.PostAsync(new Uri($"{Url}/write?db={database}"), new StringContent(lines));
        answer.EnsureSuccessStatusCode();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}

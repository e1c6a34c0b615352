using System.Text.Json.Nodes;
using NocMonitor.Testing;

namespace NocMonitor.EndToEnd.Tests.Stage;

/// <summary>A real InfluxDB 1 on loopback with a folder of its own; it can be stopped and started again with what it holds.</summary>
internal sealed class InfluxServer : IAsyncDisposable
{
    private readonly string _program = Prerequisite.Program("influxd", "influxdb");
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private RunningProgram? _running;

    public string Url { get; } = $"http://127.0.0.1:{Loopback.FreePort()}";

    public async Task StartAsync()
    {
        var config = _folder.Write("influxdb.conf", $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{Loopback.FreePort()}"
            [meta]
              dir = "{_folder.File("meta")}"
            [data]
              dir = "{_folder.File("data")}"
              wal-dir = "{_folder.File("wal")}"
            [monitor]
              store-enabled = false
            [http]
              bind-address = "{Url["http://".Length..]}"
              log-enabled = false
            """);
        _running = RunningProgram.Start(_program, _folder.Path, "-config", config);
        await Eventually.HappensAsync("InfluxDB", IsUpAsync, () => _running.Output);
    }

    public async Task StopAsync()
    {
        await _running!.StopAsync(CancellationToken.None);
        await _running.DisposeAsync();
        _running = null;
    }

    /// <summary>Runs a statement and gives the rows of its first series; none for an empty answer.</summary>
    public async Task<IReadOnlyList<JsonArray>> QueryAsync(string statement, string database)
    {
        using var form = new FormUrlEncodedContent([new("q", statement), new("db", database), new("epoch", "ns")]);
        using var answer = await _http.PostAsync(new Uri($"{Url}/query"), form);
        var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync());
        return json?["results"]?[0]?["series"]?[0]?["values"]?.AsArray().Select(row => row!.AsArray()).ToList() ?? [];
    }

    /// <summary>The whole answer to a query.</summary>
    public async Task<JsonNode?> AskAsync(string query, string database)
    {
        using var form = new FormUrlEncodedContent([new("q", query), new("db", database), new("epoch", "ns")]);
        using var answer = await _http.PostAsync(new Uri($"{Url}/query"), form);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync());
    }

    public async Task WriteAsync(string lines, string database)
    {
        using var answer = await _http.PostAsync(new Uri($"{Url}/write?db={database}"), new StringContent(lines));
        answer.EnsureSuccessStatusCode();
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
            using var answer = await _http.GetAsync(new Uri($"{Url}/ping"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}

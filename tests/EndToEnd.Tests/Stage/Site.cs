using System.Text.Json.Nodes;
using NocMonitor.Testing;

namespace NocMonitor.EndToEnd.Tests.Stage;

/// <summary>
/// One monitored site on loopback: a collector and an agent as real processes with the shipped rules, a webhook that records, a mailbox, and a web
/// server that is probed. Each story builds its own; everything ends with it.
/// </summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly int _port = Loopback.FreePort();
    private readonly List<RunningProgram> _programs = [];

    public Site()
    {
        Target = new WebServer(Loopback.FreePort());
        Webhook = new WebServer(Loopback.FreePort());
        Url = $"http://127.0.0.1:{_port}";
    }

    public string Url { get; }

    /// <summary>The web server that is probed; a story starts and stops it.</summary>
    public WebServer Target { get; }

    public WebServer Webhook { get; }

    public FakeSmtpServer Mailbox { get; } = new();

    public RunningProgram? Collector { get; private set; }

    public RunningProgram? Agent { get; private set; }

    /// <summary>What the collector's section has beside receivers and routes.</summary>
    public JsonObject CollectorOptions { get; } = [];

    /// <summary>The agent's probes.</summary>
    public JsonArray Probes { get; } = [];

    public async Task StartCollectorAsync()
    {
        CollectorOptions["Rules"] ??= new JsonObject();
        CollectorOptions["Rules"]!["Directory"] ??= Repository.Locate("rules");
        CollectorOptions["Receivers"] = JsonNode.Parse($$"""
            {
              "hook": { "Type": "webhook", "Url": "{{Webhook.Url}}" },
              "post": { "Type": "mail", "Host": "127.0.0.1", "Port": {{Mailbox.Port}}, "Security": "None", "From": "noc@example.net", "To": ["oncall@example.net"] }
            }
            """);
        CollectorOptions["Routes"] = JsonNode.Parse("""[ { "Receivers": [ "hook", "post" ] } ]""");
        var config = _folder.Write("collector.json", $$"""{ "Collector": {{CollectorOptions.ToJsonString()}} }""");
        Collector = RunningProgram.StartOurs("nocmonitor-collector", _folder.Path,
            "run", "--config", config, "--urls", Url, "--data", _folder.File("collector"));
        _programs.Add(Collector);
        await Eventually.HappensAsync("ready collector", IsReadyAsync, () => Collector.Output);
    }

    public void StartAgent()
    {
        var section = $$"""
            {
              "Agent": {
                "Name": "agent-1", "FlushInterval": "200ms", "HeartbeatInterval": "1s",
                "Collectors": [ { "Url": "{{Url}}" } ],
                "Probes": {{Probes.ToJsonString()}}
              }
            }
            """;
        var config = _folder.Write("agent.json", section);
        Agent = RunningProgram.StartOurs("nocmonitor-agent", _folder.Path, "run", "--config", config, "--data", _folder.File("agent"));
        _programs.Add(Agent);
    }

    /// <summary>Everything both programs printed: what a failed story shows.</summary>
    public string Evidence() => $"collector:\n{Collector?.Output}\nagent:\n{Agent?.Output}\nwebhook: {string.Join('\n', Webhook.Requests.Select(request => request.Body))}";

    public async Task<JsonNode?> GetAsync(string path)
    {
        try
        {
            return JsonNode.Parse(await _http.GetStringAsync(new Uri($"{Url}{path}")));
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public Task<HttpResponseMessage> PostAsync(string path, HttpContent body) => _http.PostAsync(new Uri($"{Url}{path}"), body);

    /// <summary>The alerts of all webhook posts so far, in order: rule, status.</summary>
    public IReadOnlyList<string> Pages() =>
        [.. Webhook.Requests.SelectMany(request => JsonNode.Parse(request.Body)!["alerts"]!.AsArray())
            .Select(alert => $"{alert!["labels"]!["alertname"]} {alert["status"]}")];

    /// <summary>The times of the stored points of a measurement, ascending.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>> TimesAsync(string measurement)
    {
        var points = await GetAsync($"/api/v1/points?measurement={measurement}&limit=20000");
        return [.. (points?["series"]?.AsArray() ?? []).SelectMany(series => series!["points"]!.AsArray())
            .Select(point => point!["time"]!.GetValue<DateTimeOffset>()).Order()];
    }

    /// <summary>Waits while the agent goes on without a collector, so many moments apart, and gives the moments.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>> AgentRoundsAsync(int rounds)
    {
        var moments = new List<DateTimeOffset>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(300), TimeProvider.System);
        while (moments.Count < rounds && await timer.WaitForNextTickAsync())
        {
            moments.Add(TimeProvider.System.GetUtcNow());
        }

        return moments;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var program in _programs)
        {
            await program.DisposeAsync();
        }

        await Target.DisposeAsync();
        await Webhook.DisposeAsync();
        await Mailbox.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri($"{Url}/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}

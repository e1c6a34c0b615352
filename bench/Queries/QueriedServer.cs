using System.Globalization;
using NocMonitor.Bench.Processes;

namespace NocMonitor.Bench.Queries;

/// <summary>A server under question, in a folder of its own; it can be stopped and started again with what it holds. One user.</summary>
internal sealed class QueriedServer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nocmonitor-bench-").FullName;
    private readonly Uri _url = new($"http://127.0.0.1:{Programs.FreePort()}");
    private readonly Func<QueriedServer, MeasuredProgram> _start;
    private readonly string _ready;
    private readonly string _settled;
    private MeasuredProgram? _program;

    private QueriedServer(string name, bool speaksInfluxQl, Func<QueriedServer, MeasuredProgram> start, string ready, string write, string settled = "")
    {
        (Name, SpeaksInfluxQl, _start, _ready, _settled) = (name, speaksInfluxQl, start, ready, settled);
        Write = new Uri(_url, write);
    }

    public string Name { get; }

    public bool SpeaksInfluxQl { get; }

    public Uri Write { get; }

    public ProcessFigures Figures => _program!.Figures;

    public int ProcessId => _program!.Id;

    /// <summary>The collector as it ships: compiled ahead, with the environment of its unit.</summary>
    public static QueriedServer Ours(string program) => new("NocMonitor", true, server =>
    {
        var rules = Directory.CreateDirectory(Path.Combine(server._folder, "rules")).FullName;
        File.WriteAllText(Path.Combine(rules, "none.json"), """{ "Rules": [] }""");
        var config = Path.Combine(server._folder, "collector.json");
        File.WriteAllText(config, $$"""
            { "Collector": { "Rules": { "Directory": "{{rules}}" } } }
            """);
        return MeasuredProgram.Start(program, server._folder, Programs.UnitEnvironment("nocmonitor-collector"),
            "run", "--config", config, "--urls", server._url.ToString().TrimEnd('/'), "--data", Path.Combine(server._folder, "data"));
    }, "/ready", "/api/v2/write");

    public static QueriedServer Victoria(string program) => new(
        "VictoriaMetrics", false,
        server => MeasuredProgram.Start(program, server._folder, null, $"-storageDataPath={server._folder}/data", $"-httpListenAddr={server._url.Authority}", "-loggerLevel=ERROR"),
        "/health", "/write", "/internal/force_flush");

    /// <summary>As packaged, without the log of requests, and without the limit that would refuse the 100,000th value of a tag.</summary>
    public static QueriedServer Influx(string program) => new("InfluxDB", true, server =>
    {
        var config = Path.Combine(server._folder, "influxdb.conf");
        File.WriteAllText(config, $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{Programs.FreePort()}"
            [meta]
              dir = "{server._folder}/meta"
            [data]
              dir = "{server._folder}/data"
              wal-dir = "{server._folder}/wal"
              max-values-per-tag = 0
              query-log-enabled = false
            [monitor]
              store-enabled = false
            [logging]
              level = "error"
              suppress-logo = true
            [http]
              bind-address = "{server._url.Authority}"
              log-enabled = false
            """);
        return MeasuredProgram.Start(program, server._folder, null, "-config", config);
    }, "/ping", "/write?db=b", "/query?q=CREATE+DATABASE+b");

    public async Task StartAsync()
    {
        _program = _start(this);
        await Programs.AnswersAsync(new Uri(_url, _ready));
    }

    /// <summary>Stopped as systemd does it, and started again.</summary>
    public async Task RestartAsync()
    {
        await _program!.StopAsync();
        await _program.DisposeAsync();
        await StartAsync();
    }

    /// <summary>Brings what was written to where questions find it; before anything is written, makes the database where one has to be made.</summary>
    public async Task SettleAsync()
    {
        if (_settled.Length > 0)
        {
            using var client = new HttpClient();
            using var answer = await client.PostAsync(new Uri(_url, _settled), null);
            answer.EnsureSuccessStatusCode();
        }
    }

    public Uri UrlOf(Question question) => SpeaksInfluxQl
        ? new Uri(_url, string.Create(CultureInfo.InvariantCulture, $"/query?db=b&epoch=ms&q={Uri.EscapeDataString(question.InfluxQl)}"))
        : new Uri(_url, question.VictoriaPath);

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
        {
            await _program.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}

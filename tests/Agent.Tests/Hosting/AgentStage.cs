using NocMonitor.Agent.Hosting;
using NocMonitor.Agent.Settings;
using NocMonitor.Probes;
using NocMonitor.Testing;

namespace NocMonitor.Agent.Tests.Hosting;

/// <summary>A whole agent on a manual clock, with a configuration file, a fake collector and a probe type <c>fake</c>, beside the real ones, that counts what was made of it.</summary>
internal sealed class AgentStage : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LogLines _log;
    private readonly CancellationTokenSource _stop = new();
    private AgentRuntime? _runtime;
    private int _writes;
    private Task _reloads = Task.CompletedTask;
    private ConfigReload? _reload;

    public AgentStage() => _log = new LogLines(Time);

    public ManualTimeProvider Time { get; } = new();

    public FakeCollector Collector { get; } = new();

    /// <summary>Probes by their option <c>Id</c>, newest last.</summary>
    public List<(string Id, FakeProbe Probe)> Made { get; } = [];

    /// <summary>What the probes share; null until one was made.</summary>
    public ProbeContext? Context { get; private set; }

    public AgentRuntime Runtime => _runtime ?? throw new InvalidOperationException("not started");

    public IReadOnlyList<string> Log => _log.Lines;

    public AgentConfigRequest Request => new()
    {
        WorkingFolder = _folder.Path,
        Variables = new Dictionary<string, string>(),
        FindType = name => name == "fake" ? ProbeType.Of("fake", "Nothing.", options => options.Text("Id", "", "Which."), Make) : ProbeCatalog.Find(name),
    };

    /// <summary>Writes the configuration: options of the section Agent and one probe for each id.</summary>
    public void Configure(string options, params string[] ids)
    {
        var probes = ids.Select(id => $$"""{ "Type": "fake", "Name": "{{id.TrimEnd('\'')}}", "Id": "{{id}}" }""");
        var text = $$"""{ "Agent": { {{options}} "Data": "data", "Collectors": [ { "Url": "{{Collector.Url}}" } ], "Probes": [ {{string.Join(", ", probes)}} ] } }""";
        Write(text);
    }

    public void Write(string text) => WriteFile("appsettings.json", text);

    /// <summary>Writes a file of the agent's working folder.</summary>
    public void WriteFile(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder.Path, name))!);
        var file = _folder.Write(name, text);

        // Two writes within one tick of the file system's clock must still look different.
        File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddSeconds(++_writes));
    }

    public void Start()
    {
        var config = AgentConfig.Load(Request);
        Assert.That(config.Errors, Is.Empty);
        _runtime = new AgentRuntime(config.Options, Time, _log.Log);
        Assert.That(_runtime.Start([]), Is.True);
        _reload = new ConfigReload(_runtime, config, Request, Time, _log.Log);
        _reloads = _reload.RunAsync(_stop.Token);
    }

    public void AskReload() => _reload!.Ask();

    /// <summary>Moves the clock in steps that let other threads run, until something is so.</summary>
    public Task AdvanceUntilAsync(Func<bool> condition) => Eventually.Async(() =>
    {
        Time.Advance(TimeSpan.FromMilliseconds(100));
        return condition();
    });

    /// <summary>Stops the agent as the end of its process does; once.</summary>
    public async Task StopAgentAsync()
    {
        var runtime = Interlocked.Exchange(ref _runtime, null);
        var disposal = runtime?.DisposeAsync().AsTask() ?? Task.CompletedTask;
        await AdvanceUntilAsync(() => disposal.IsCompleted);
        await disposal;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reloads.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await StopAgentAsync();
        _reload?.Dispose();
        await Collector.DisposeAsync();
        _log.Dispose();
        _folder.Dispose();
        _stop.Dispose();
    }

    private FakeProbe Make(string id, ProbeContext context)
    {
        if (id.StartsWith("broken", StringComparison.Ordinal))
        {
            throw new UnauthorizedAccessException("no right to do that");
        }

        Context = context;
        var probe = FakeProbe.Counting();
        Made.Add((id, probe));
        return probe;
    }
}

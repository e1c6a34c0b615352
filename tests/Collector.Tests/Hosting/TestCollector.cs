using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NocMonitor.Collector.Cli;
using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Security;
using NocMonitor.Configuration;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Hosting;

/// <summary>A whole collector in this process, on a free port of loopback and a folder of its own.</summary>
internal sealed class TestCollector : IAsyncDisposable
{
    private const string ConfigFile = "collector.json";

    private readonly TemporaryFolder _folder;
    private readonly bool _ownsFolder;

    private TestCollector(WebApplication app, TemporaryFolder folder, bool ownsFolder)
    {
        App = app;
        _folder = folder;
        _ownsFolder = ownsFolder;
        Address = new Uri(app.Urls.First());
        Client = new HttpClient { BaseAddress = Address };
    }

    public WebApplication App { get; }

    public Uri Address { get; }

    public HttpClient Client { get; }

    /// <summary>Takes up tokens at once instead of within two seconds.</summary>
    public void RefreshTokens() => App.Services.GetRequiredService<TokenCache>().Refresh();

    /// <param name="section">The Collector section as JSON; it is written to a file, as are the rules, and can be reloaded from there.</param>
    /// <param name="rules">The text of a rule file; none: no rules.</param>
    public static async Task<TestCollector> StartAsync(
        string section = "{}", TemporaryFolder? folder = null, TimeProvider? time = null, string? rules = null, string url = "http://127.0.0.1:0")
    {
        var data = folder ?? new TemporaryFolder();
        Directory.CreateDirectory(data.File("rules"));
        data.Write("rules/test.json", rules ?? "{}");
        Configure(data, section);
        var source = new CollectorConfiguration(data.File(ConfigFile), url, data.File("data"));
        var (options, set) = CommonOptions.ReadAll(source);
        var app = CollectorApp.Build(source, options, set, time ?? TimeProvider.System);
        await app.StartListeningAsync(options, CancellationToken.None);
        return new TestCollector(app, data, folder is null);
    }

    /// <summary>Writes the configuration file of a collector that keeps its things in the folder.</summary>
    public static void Configure(TemporaryFolder folder, string section)
    {
        var node = JsonNode.Parse(section)!.AsObject();
        node["LogLevel"] ??= "Warning";
        node["Rules"] ??= new JsonObject();
        node["Rules"]!["Directory"] ??= folder.File("rules");
        folder.Write(ConfigFile, new JsonObject { ["Collector"] = node }.ToJsonString());
    }

    /// <summary>Posts lines and gives the status of the answer.</summary>
    public async Task<int> WriteAsync(string lines)
    {
        using var answer = await Client.PostAsync("/write?db=d", new StringContent(lines));
        return (int)answer.StatusCode;
    }

    public static CollectorOptions Options(string section)
    {
        var errors = new List<ConfigError>();
        var reader = new OptionReader(JsonConfigParser.Parse("test.json", Encoding.UTF8.GetBytes(section), errors), errors);
        var options = CollectorOptions.Read(reader);
        reader.Complete();
        return errors.Count == 0 ? options : throw new ArgumentException(string.Join('\n', errors));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        if (_ownsFolder)
        {
            _folder.Dispose();
        }
    }
}

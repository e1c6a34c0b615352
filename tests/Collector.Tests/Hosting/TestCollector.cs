using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Rules.Definition;
using NocMonitor.Collector.Security;
using NocMonitor.Configuration;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Hosting;

/// <summary>A whole collector in this process, on a free port of loopback and a folder of its own.</summary>
internal sealed class TestCollector : IAsyncDisposable
{
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

    /// <param name="section">The Collector section as JSON; Urls, Data and the folder of rules are set over it.</param>
    /// <param name="rules">The text of a rule file; none: no rules.</param>
    public static async Task<TestCollector> StartAsync(
        string section = "{}", TemporaryFolder? folder = null, TimeProvider? time = null, string? rules = null)
    {
        var data = folder ?? new TemporaryFolder();
        var options = Options(section) with { Data = data.File("data"), Urls = ["http://127.0.0.1:0"], LogLevel = LogLevel.Warning };
        options = options with { Rules = options.Rules with { Directory = data.File("rules") } };
        Directory.CreateDirectory(options.Rules.Directory);
        if (rules is not null)
        {
            data.Write("rules/test.json", rules);
        }

        var app = CollectorApp.Build(options, Load(options), time ?? TimeProvider.System);
        await app.StartListeningAsync(options, CancellationToken.None);
        return new TestCollector(app, data, folder is null);
    }

    /// <summary>Posts lines and gives the status of the answer.</summary>
    public async Task<int> WriteAsync(string lines)
    {
        using var answer = await Client.PostAsync("/write?db=d", new StringContent(lines));
        return (int)answer.StatusCode;
    }

    private static RuleSet Load(CollectorOptions options)
    {
        var errors = new List<ConfigError>();
        return RuleSetLoader.Load(options.Rules, errors) ?? throw new ArgumentException(string.Join('\n', errors));
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

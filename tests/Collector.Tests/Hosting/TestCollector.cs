using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NocMonitor.Collector.Hosting;
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

    /// <param name="section">The Collector section as JSON; Urls and Data are set over it.</param>
    public static async Task<TestCollector> StartAsync(string section = "{}", TemporaryFolder? folder = null, TimeProvider? time = null)
    {
        var data = folder ?? new TemporaryFolder();
        var options = Options(section) with { Data = data.File("data"), Urls = ["http://127.0.0.1:0"] };
        var app = CollectorApp.Build(options, time ?? TimeProvider.System);
        await app.StartListeningAsync(options, CancellationToken.None);
        return new TestCollector(app, data, folder is null);
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

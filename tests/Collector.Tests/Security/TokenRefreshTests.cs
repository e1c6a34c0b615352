using Microsoft.Extensions.DependencyInjection;
using NocMonitor.Collector.Security;
using NocMonitor.Collector.Tests.Hosting;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Security;

public class TokenRefreshTests
{
    private readonly ManualTimeProvider _time = new();

    [Test]
    public async Task A_revoked_token_ends_within_two_seconds_and_nobody_has_to_ask()
    {
        await using var collector = await TestCollector.StartAsync(time: _time);
        var store = collector.App.Services.GetRequiredService<TokenStore>();
        var cache = collector.App.Services.GetRequiredService<TokenCache>();
        var token = AccessToken.Create();
        await store.AddAsync("web01", TokenScope.Write, AccessToken.Hash(token), CancellationToken.None);
        await AdvanceUntilAsync(() => cache.Current.Count == 1);

        await store.RevokeAsync("web01", CancellationToken.None);
        var known = cache.Find(token);
        await AdvanceUntilAsync(() => cache.Current.Count == 0);

        Assert.That(known?.Name, Is.EqualTo("web01"));
        Assert.That(cache.Find(token), Is.Null);
    }

    [Test]
    public async Task Guesses_are_not_reads()
    {
        await using var collector = await TestCollector.StartAsync(time: _time);
        var store = collector.App.Services.GetRequiredService<TokenStore>();
        var cache = collector.App.Services.GetRequiredService<TokenCache>();
        var token = AccessToken.Create();
        cache.Refresh();
        await store.AddAsync("web01", TokenScope.Write, AccessToken.Hash(token), CancellationToken.None);

        var atOnce = cache.Find(token);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.That((atOnce, cache.Find(token)?.Name), Is.EqualTo(((TokenRecord?)null, "web01")));
    }

    private async Task AdvanceUntilAsync(Func<bool> reached)
    {
        // The loop goes on beside the test; each look gives it two seconds more.
        await Eventually.Async(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            return reached();
        });
    }
}

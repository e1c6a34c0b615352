using System.Net;
using NocMonitor.Collector.Tests.Hosting;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Query;

public class EventClientsTests
{
    private const int MostClients = 100;

    [Test]
    public async Task So_many_clients_may_follow_and_a_place_that_is_left_is_free_again()
    {
        await using var collector = await TestCollector.StartAsync();
        var followers = new List<HttpResponseMessage>();
        for (var i = 0; i < MostClients; i++)
        {
            followers.Add(await FollowAsync(collector));
        }

        using var refused = await FollowAsync(collector);
        followers[0].Dispose();

        Assert.That(followers.Select(follower => follower.StatusCode), Has.All.EqualTo(HttpStatusCode.OK));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("100 clients follow already"));
        await Eventually.HappensAsync("a free place", async () =>
        {
            using var again = await FollowAsync(collector);
            return again.StatusCode == HttpStatusCode.OK;
        });
        followers.ForEach(follower => follower.Dispose());
    }

    [Test]
    public async Task Followers_do_not_keep_the_collector_from_stopping()
    {
        var collector = await TestCollector.StartAsync();
        using var follower = await FollowAsync(collector);
        using var reader = new StreamReader(await follower.Content.ReadAsStreamAsync());
        await reader.ReadLineAsync();

        await collector.DisposeAsync();

        Assert.That(await reader.ReadToEndAsync(), Is.Empty.Or.EqualTo("\n"));
    }

    private static Task<HttpResponseMessage> FollowAsync(TestCollector collector) =>
        collector.Client.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead);
}

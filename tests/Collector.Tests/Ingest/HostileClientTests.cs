using NocMonitor.Collector.Tests.Hosting;

namespace NocMonitor.Collector.Tests.Ingest;

/// <summary>Clients that break the rules on real sockets: each is answered or cut off, and the next good one is served.</summary>
public class HostileClientTests
{
    private const string Head = "POST /write?db=d HTTP/1.1\r\nHost: localhost\r\n";

    private TestCollector _collector = null!;

    [TearDown]
    public async Task Stop() => await _collector.DisposeAsync();

    [Test]
    public async Task A_body_that_stops_coming_is_cut_off_and_nothing_of_it_stored()
    {
        await StartAsync("""{ "Connections": { "SlowGrace": "2s" } }""");
        using var slow = await RawConnection.OpenAsync(_collector.Address);
        await slow.SendAsync($"{Head}Content-Length: 100\r\n\r\nm f=1 1\n");

        var answer = await slow.ReadToEndAsync();

        Assert.That(answer, Does.StartWith("HTTP/1.1 503").And.Contain("the body came too slowly").And.Contain("Retry-After: "));
        await AssertServesAsync(stored: 0);
    }

    [Test]
    public async Task Headers_that_never_end_are_cut_off()
    {
        await StartAsync("""{ "Connections": { "HeaderTimeout": "1s" } }""");
        using var slow = await RawConnection.OpenAsync(_collector.Address);
        await slow.SendAsync("POST /write?db=d HTTP/1.1\r\nHost: loc");

        var answer = await slow.ReadToEndAsync();

        Assert.That(answer, Does.StartWith("HTTP/1.1 408"));
        await AssertServesAsync(stored: 0);
    }

    [Test]
    public async Task Headers_too_large_are_431()
    {
        await StartAsync("""{ "Connections": { "MaxHeaderBytes": "4KiB" } }""");
        using var client = await RawConnection.OpenAsync(_collector.Address);
        await client.SendAsync($"{Head}X-Long: {new string('x', 10_000)}\r\n\r\n");

        Assert.That(await client.ReadToEndAsync(), Does.StartWith("HTTP/1.1 431"));
        await AssertServesAsync(stored: 0);
    }

    [TestCase("\0\u0001\u00ff\u00fegarbage\r\n\r\n")]
    [TestCase("GET\r\n\r\n")]
    [TestCase("POST /write?db=d HTTP/1.1\r\nHost: localhost\r\nContent-Length: banana\r\n\r\n")]
    [TestCase("POST /write?db=d HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n")]
    [TestCase("POST /write?db=%ff%00 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nConnection: close\r\n\r\n\0\u0001\u0002\u0003\u0004")]
    public async Task Garbage_is_a_400(string garbage)
    {
        await StartAsync();
        using var client = await RawConnection.OpenAsync(_collector.Address);
        await client.SendAsync(garbage);

        Assert.That(await client.ReadToEndAsync(), Does.StartWith("HTTP/1.1 400"));
        await AssertServesAsync(stored: 0);
    }

    /// <summary>Kestrel takes the end of sending for the end of the connection: it may or may not still answer. Sending again is harmless.</summary>
    [Test]
    public async Task A_client_that_half_closes_after_its_request_harms_nobody()
    {
        await StartAsync();
        using var client = await RawConnection.OpenAsync(_collector.Address);
        await client.SendAsync($"{Head}Content-Length: 5\r\n\r\nm f=1");
        client.EndSending();

        var answer = await client.ReadToEndAsync();

        Assert.That(answer, Does.StartWith("HTTP/1.1 204").Or.Empty.Or.EqualTo("(reset)"));
        Assert.That(await _collector.WriteAsync("good f=1"), Is.EqualTo(204));
    }

    [Test]
    public async Task A_client_that_half_closes_within_its_body_stores_nothing()
    {
        await StartAsync();
        using var client = await RawConnection.OpenAsync(_collector.Address);
        await client.SendAsync($"{Head}Content-Length: 500\r\n\r\nm f=1\nm f=2\n");
        client.EndSending();

        await client.ReadToEndAsync();

        await AssertServesAsync(stored: 0);
    }

    [Test]
    public async Task A_client_that_resets_within_its_body_harms_nobody()
    {
        await StartAsync();
        for (var i = 0; i < 50; i++)
        {
            using var client = await RawConnection.OpenAsync(_collector.Address);
            await client.SendAsync($"{Head}Transfer-Encoding: chunked\r\n\r\n6\r\nm f=1\n\r\n");
            client.Reset();
        }

        await AssertServesAsync(stored: 0);
    }

    [Test]
    public async Task More_requests_at_once_than_allowed_are_429_until_one_ends()
    {
        await StartAsync("""{ "Ingest": { "MaxConcurrent": 1 } }""");
        using var first = await RawConnection.OpenAsync(_collector.Address);
        await first.SendAsync($"{Head}Content-Length: 8\r\nExpect: 100-continue\r\n\r\n");
        await first.ReadSomeAsync();

        using var refused = await _collector.Client.PostAsync("/write?db=d", new StringContent("m f=9"));
        await first.SendAsync("m f=1 1\n");
        var answered = await first.ReadSomeAsync();

        Assert.That((int)refused.StatusCode, Is.EqualTo(429));
        Assert.That(refused.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(2)));
        Assert.That(answered, Does.StartWith("HTTP/1.1 400").And.Contain("too old"));
        await AssertServesAsync(stored: 0);
    }

    [Test]
    public async Task Connections_over_the_limit_are_closed_at_once()
    {
        await StartAsync("""{ "Connections": { "MaxOpen": 2 } }""");
        using var first = await RawConnection.OpenAsync(_collector.Address);
        using var second = await RawConnection.OpenAsync(_collector.Address);
        await first.SendAsync("GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n");
        await second.SendAsync("GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n");
        var answers = (await first.ReadSomeAsync(), await second.ReadSomeAsync());
        using var third = await RawConnection.OpenAsync(_collector.Address);

        Assert.That(answers.Item1, Does.StartWith("HTTP/1.1 204"));
        Assert.That(answers.Item2, Does.StartWith("HTTP/1.1 204"));
        Assert.That(await third.ReadToEndAsync(), Is.Empty.Or.EqualTo("(reset)"));
    }

    private async Task StartAsync(string section = "{}") => _collector = await TestCollector.StartAsync(section);

    private async Task AssertServesAsync(int stored)
    {
        Assert.That(StoredPoints.Of(_collector), Has.Count.EqualTo(stored));
        using var answer = await _collector.Client.PostAsync("/write?db=d", new StringContent("good f=1"));
        Assert.That((int)answer.StatusCode, Is.EqualTo(204));
    }
}

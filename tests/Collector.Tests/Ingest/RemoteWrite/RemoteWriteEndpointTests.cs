using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using NocMonitor.Collector.Ingest.RemoteWrite;
using NocMonitor.Collector.Security;
using NocMonitor.Collector.Tests.Hosting;
using NocMonitor.LineProtocol;
using NocMonitor.Testing;
using Snappier;

namespace NocMonitor.Collector.Tests.Ingest.RemoteWrite;

public class RemoteWriteEndpointTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly long Milliseconds = Start.ToUnixTimeMilliseconds();
    private static readonly long Now = UnixNanoseconds.From(Start);

    [Test]
    public async Task Samples_are_stored_and_answered_204()
    {
        await using var collector = await StartAsync();

        var answer = await PostAsync(collector, new WriteRequest().Series(["__name__", "up", "job", "node"], (1, Milliseconds - 1), (0, Milliseconds)).Body());

        Assert.That(answer, Is.EqualTo((204, "")));
        Assert.That(StoredPoints.Of(collector), Is.EqualTo(new[] { $"up,job=node value=0@{Now}", $"up,job=node value=1@{Now - 1_000_000}" }));
    }

    [Test]
    public async Task A_series_that_is_refused_is_named_and_the_others_are_stored()
    {
        await using var collector = await StartAsync();
        var request = new WriteRequest()
            .Series(["__name__", "good"], (1, Milliseconds))
            .Series(["job", "nameless"], (1, Milliseconds))
            .Series(["__name__", "#comment"], (1, Milliseconds))
            .Series(["__name__", "twice", "a", "1", "a", "2"], (1, Milliseconds))
            .Series(["__name__", "later", "a", "b"], (1, Milliseconds + 10_000_000_000))
            .Series(["__name__", "good"], (2, Milliseconds - 5));

        var (status, body) = await PostAsync(collector, request.Body());

        Assert.That(status, Is.EqualTo(400));
        Assert.That(body, Does.StartWith("""{"code":"invalid","message":"partial write: unable to parse: ,job=nameless: """)
            .And.Contain("; twice,a=1,a=2: ").And.Contain("; later,a=b: ").And.Contain("dropped=4"));
        Assert.That(StoredPoints.Of(collector), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Markers_of_the_end_are_dropped_counted_and_no_error()
    {
        await using var collector = await StartAsync();
        var stale = BitConverter.UInt64BitsToDouble(WriteRequest.StaleMarker);

        var answer = await PostAsync(collector, new WriteRequest().Series(["__name__", "m"], (stale, Milliseconds), (double.NaN, Milliseconds)).Body());

        Assert.That(answer.Status, Is.EqualTo(204));
        Assert.That(StoredPoints.Of(collector), Is.Empty);
        var metrics = await collector.Client.GetStringAsync("/metrics");
        Assert.That(metrics, Does.Match("""dropped_samples_total\{kind="stale"\} 1""").And.Match("""dropped_samples_total\{kind="not_finite"\} 1"""));
    }

    [TestCase("not snappy at all", TestName = "A body that is not Snappy is a clean 400")]
    [TestCase("", TestName = "An empty body is a clean 400")]
    [TestCase("\u0001\0\u000a", TestName = "A message that is no WriteRequest is a clean 400")]
    public async Task Damaged(string body)
    {
        await using var collector = await StartAsync();

        var answer = await PostAsync(collector, System.Text.Encoding.Latin1.GetBytes(body));

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Body, Does.StartWith("""{"code":"invalid","message":"the body is not a """));
    }

    [Test]
    public async Task A_damaged_request_stores_nothing_of_it()
    {
        await using var collector = await StartAsync();
        var message = new WriteRequest().Series(["__name__", "m"], (1, Milliseconds)).Field(1, [0xFF]).Message();

        var answer = await PostAsync(collector, Snappy.CompressToArray(message));

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(StoredPoints.Of(collector), Is.Empty);
    }

    [TestCase("application/x-protobuf", "zstd", 415)]
    [TestCase("application/x-protobuf;proto=io.prometheus.write.v2.Request", "snappy", 415)]
    [TestCase("text/plain", "snappy", 415)]
    [TestCase("application/x-protobuf;proto=prometheus.WriteRequest", "Snappy", 204)]
    [TestCase("application/x-protobuf", "", 204)]
    public async Task Media(string type, string encoding, int status)
    {
        await using var collector = await StartAsync();

        var answer = await PostAsync(collector, new WriteRequest().Series(["__name__", "m"], (1, Milliseconds)).Body(), type, encoding);

        Assert.That(answer.Status, Is.EqualTo(status));
    }

    [TestCase(false, TestName = "A declared body over the limit is 413")]
    [TestCase(true, TestName = "A chunked body over the limit is 413")]
    public async Task Too_large_as_sent(bool chunked)
    {
        await using var collector = await StartAsync("""{ "Ingest": { "MaxRemoteWriteBytes": "64KiB" } }""");
        var noise = new byte[200_000];
        new Random(3).NextBytes(noise);

        Assert.That((await PostAsync(collector, noise, chunked: chunked)).Status, Is.EqualTo(413));
        Assert.That(Memory(collector).Held, Is.Zero);
    }

    [Test]
    public async Task Too_large_after_decompression_is_413_before_memory_is_taken()
    {
        await using var collector = await StartAsync("""{ "Ingest": { "MaxRemoteWriteBytes": "64KiB" } }""");

        var answer = await PostAsync(collector, Snappy.CompressToArray(new byte[1 << 20]));

        Assert.That(answer.Status, Is.EqualTo(413));
        Assert.That(answer.Body, Does.Contain("larger than 65536 bytes after decompression"));
        Assert.That(Memory(collector).Held, Is.Zero);
    }

    [Test]
    public async Task A_few_bytes_that_stand_for_gigabytes_of_lines_are_413()
    {
        await using var collector = await StartAsync("""{ "Ingest": { "MaxDecompressedBytes": "1MiB" } }""");
        var samples = Enumerable.Range(0, 10_000).Select(i => ((double)i, Milliseconds - i)).ToArray();

        var answer = await PostAsync(collector, new WriteRequest().Series(["__name__", "m", "long", new string('x', 30_000)], samples).Body());

        Assert.That(answer.Status, Is.EqualTo(413));
    }

    [Test]
    public async Task Too_much_at_once_is_503_with_a_time_to_come_back()
    {
        await using var collector = await StartAsync("""{ "Ingest": { "MaxRemoteWriteBytes": "64KiB" } }""");
        Assert.That(Memory(collector).TryTake(4 * 65536), Is.True);

        var busy = await PostAsync(collector, new WriteRequest().Series(["__name__", "m"], (1, Milliseconds)).Body());
        Memory(collector).GiveBack(4 * 65536);
        var free = await PostAsync(collector, new WriteRequest().Series(["__name__", "m"], (1, Milliseconds)).Body());

        Assert.That((busy.Status, free.Status), Is.EqualTo((503, 204)));
        Assert.That(Memory(collector).Held, Is.Zero);
    }

    [Test]
    public async Task A_store_that_cannot_take_points_is_503()
    {
        await using var collector = await StartAsync("""{ "Store": { "MinimumFreeBytes": "8000PB" } }""");

        var answer = await PostAsync(collector, new WriteRequest().Series(["__name__", "m"], (1, Milliseconds)).Body());

        Assert.That(answer.Status, Is.EqualTo(503));
    }

    [Test]
    public async Task A_limit_of_series_names_the_series_beyond_it()
    {
        await using var collector = await StartAsync("""{ "Store": { "MaxSeriesPerAgent": 1 } }""");

        var answer = await PostAsync(collector, new WriteRequest().Series(["__name__", "a"], (1, Milliseconds)).Series(["__name__", "b"], (1, Milliseconds)).Body());

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Body, Does.Contain("unable to parse: b: "));
        Assert.That(StoredPoints.Of(collector), Has.Count.EqualTo(1));
    }

    [TestCase(nameof(TokenScope.Write), 204)]
    [TestCase(nameof(TokenScope.Read), 403)]
    public async Task A_token_of_scope_write_is_needed_where_there_are_tokens(string scope, int status)
    {
        await using var collector = await StartAsync();
        var secret = AccessToken.Create();
        await collector.App.Services.GetRequiredService<TokenStore>().AddAsync("prometheus", Enum.Parse<TokenScope>(scope), AccessToken.Hash(secret), CancellationToken.None);
        collector.RefreshTokens();
        var body = new WriteRequest().Series(["__name__", "m"], (1, Milliseconds)).Body();

        Assert.That((await PostAsync(collector, body)).Status, Is.EqualTo(401));
        Assert.That((await PostAsync(collector, body, token: secret)).Status, Is.EqualTo(status));
    }

    [Test]
    public async Task Rules_see_the_samples()
    {
        await using var collector = await StartAsync(rules: """
            { "Rules": [ { "Name": "target.down", "Measurement": "up", "Critical": "value < 1", "Summary": "{{instance}} is down" } ] }
            """);

        await PostAsync(collector, new WriteRequest().Series(["__name__", "up", "instance", "web01:9100"], (0, Milliseconds)).Body());

        await Eventually.HappensAsync("the alert", async () =>
            (await collector.Client.GetStringAsync("/api/v1/alerts")).Contains("web01:9100 is down", StringComparison.Ordinal));
    }

    private static RemoteWriteMemory Memory(TestCollector collector) => collector.App.Services.GetRequiredService<RemoteWriteMemory>();

    private static Task<TestCollector> StartAsync(string section = "{}", string? rules = null) =>
        TestCollector.StartAsync(section, time: new ManualTimeProvider(Start), rules: rules);

    private static async Task<(int Status, string Body)> PostAsync(
        TestCollector collector, byte[] body, string type = "application/x-protobuf", string encoding = "snappy", bool chunked = false, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/write") { Content = new ByteArrayContent(body) };
        request.Headers.TransferEncodingChunked = chunked ? true : null;
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (encoding.Length > 0)
        {
            request.Content.Headers.ContentEncoding.Add(encoding);
        }

        using var response = await collector.Client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}

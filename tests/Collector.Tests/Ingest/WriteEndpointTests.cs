using System.IO.Compression;
using System.Net;
using System.Text;
using NocMonitor.Collector.Tests.Hosting;
using NocMonitor.LineProtocol;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Ingest;

public class WriteEndpointTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly long Now = UnixNanoseconds.From(Start);

    [TestCase("/api/v2/write?org=o&bucket=b", TestName = "Version 2 answers 204 and the points are stored")]
    [TestCase("/write?db=any", TestName = "Version 1 answers 204 and the points are stored")]
    public async Task Stored(string path)
    {
        await using var collector = await StartAsync();

        var answer = await PostAsync(collector, path, $"cpu,host=a usage=1.5,n=2i {Now}\ncpu,host=b usage=3 {Now}");

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(StoredPoints.Of(collector), Is.EqualTo(new[] { $"cpu,host=a n=2@{Now}", $"cpu,host=a usage=1.5@{Now}", $"cpu,host=b usage=3@{Now}" }));
    }

    [TestCase("ns", 1_000_000_000L)]
    [TestCase("u", 1_000_000L)]
    [TestCase("us", 1_000_000L)]
    [TestCase("ms", 1_000L)]
    [TestCase("s", 1L)]
    public async Task A_time_counts_in_the_precision_that_the_request_names(string precision, long perSecond)
    {
        await using var collector = await StartAsync();

        await PostAsync(collector, $"/write?db=d&precision={precision}", $"m f=1 {Start.ToUnixTimeSeconds() * perSecond}");

        Assert.That(StoredPoints.Of(collector), Is.EqualTo(new[] { $"m f=1@{Now}" }));
    }

    [Test]
    public async Task A_point_without_a_time_gets_the_time_of_receipt()
    {
        await using var collector = await StartAsync();

        await PostAsync(collector, "/write?db=d&precision=s", "m f=1");

        Assert.That(StoredPoints.Of(collector), Is.EqualTo(new[] { $"m f=1@{Now}" }));
    }

    [Test]
    public async Task A_bad_line_costs_that_line_and_the_answer_tells_where_it_is()
    {
        await using var collector = await StartAsync();

        var answer = await PostAsync(collector, "/api/v2/write", $"m f=1 {Now}\nnonsense\nm g=2 {Now}\nm f=\"text\" {Now}");

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Body, Does.StartWith("""{"code":"invalid","message":"partial write: unable to parse: line 2, column """).And.Contain("field type conflict").And.Contain("dropped=2").And.EndWith(""","op":"write","line":2}"""));
        Assert.That(StoredPoints.Of(collector), Is.EqualTo(new[] { $"m f=1@{Now}", $"m g=2@{Now}" }));
    }

    [Test]
    public async Task Version_1_puts_the_reason_into_error_and_a_header()
    {
        await using var collector = await StartAsync();

        var answer = await PostAsync(collector, "/write?db=d", "nonsense");

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Body, Does.Match("""^\{"error":"unable to parse: line 1, column \d+: .* dropped=1"\}$"""));
        Assert.That(answer.Header("X-Influxdb-Error"), Does.StartWith("unable to parse: line 1"));
    }

    [Test]
    public async Task Thousands_of_bad_lines_give_a_short_answer()
    {
        await using var collector = await StartAsync();

        var answer = await PostAsync(collector, "/write?db=d", string.Concat(Enumerable.Repeat("nonsense\n", 50_000)));

        Assert.That(answer.Body, Has.Length.LessThan(2000).And.Contain("and 49990 more dropped=50000"));
    }

    [TestCase("/write", "m f=1", 400, """{"error":"database is required"}""")]
    [TestCase("/write?db=d&precision=fortnight", "m f=1", 400, """{"error":"the precision is none of ns, us, ms, s, m, h"}""")]
    [TestCase("/api/v2/write?precision=x", "m f=1", 400, """{"code":"invalid","message":"the precision is none of ns, us, ms, s, m, h","op":"write"}""")]
    [TestCase("/write?db=d", "", 200, "", TestName = "An empty body is 200 in version 1")]
    [TestCase("/api/v2/write", "", 204, "", TestName = "An empty body is 204 in version 2")]
    [TestCase("/write?db=d", "# only a comment\n", 204, "", TestName = "A comment alone is 204")]
    public async Task Answers(string path, string body, int status, string expected)
    {
        await using var collector = await StartAsync();

        var answer = await PostAsync(collector, path, body);

        Assert.That(((int)answer.Status, answer.Body), Is.EqualTo((status, expected)));
    }

    [Test]
    public async Task A_gzip_body_is_read_as_its_text()
    {
        await using var collector = await StartAsync();

        var answer = await PostAsync(collector, "/write?db=d", Gzip(Encoding.UTF8.GetBytes($"m f=1 {Now}\n")), "gzip");

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(StoredPoints.Of(collector), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_gzip_bomb_is_stopped_at_the_limit()
    {
        await using var collector = await StartAsync("""{ "Ingest": { "MaxDecompressedBytes": "1MiB" } }""");

        var answer = await PostAsync(collector, "/api/v2/write", Gzip(new byte[200 << 20]), "gzip");

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(answer.Body, Does.Contain("\"code\":\"request too large\""));
    }

    [TestCase("not gzip at all", TestName = "A body that is not gzip is a clean 400")]
    [TestCase("", TestName = "A gzip body of nothing is no fault")]
    public async Task Broken_gzip(string body)
    {
        await using var collector = await StartAsync();

        var answer = await PostAsync(collector, "/write?db=d", Encoding.UTF8.GetBytes(body), "gzip");

        Assert.That((int)answer.Status, Is.EqualTo(body.Length == 0 ? 200 : 400));
    }

    [Test]
    public async Task A_gzip_body_cut_short_is_refused_and_nothing_of_it_is_stored()
    {
        await using var collector = await StartAsync();
        var random = new Random(7);
        var text = string.Concat(Enumerable.Range(0, 5000).Select(i => $"m,host=h{i} f={random.NextDouble():R} {Now}\n"));
        var whole = Gzip(Encoding.UTF8.GetBytes(text));

        var answer = await PostAsync(collector, "/write?db=d", whole[..(whole.Length / 2)], "gzip");

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Body, Does.Contain("gzip"));
        Assert.That(StoredPoints.Of(collector), Is.Empty);
    }

    [Test]
    public async Task Another_encoding_is_named_in_the_refusal()
    {
        await using var collector = await StartAsync();

        var answer = await PostAsync(collector, "/write?db=d", "m f=1"u8.ToArray(), "br");

        Assert.That(((int)answer.Status, answer.Body), Is.EqualTo((415, """{"error":"the content encoding 'br' is not known; gzip and identity are"}""")));
    }

    [TestCase(false, TestName = "A declared body over the limit is 413")]
    [TestCase(true, TestName = "A chunked body over the limit is 413")]
    public async Task Too_large(bool chunked)
    {
        await using var collector = await StartAsync("""{ "Ingest": { "MaxBodyBytes": "64KiB" } }""");

        var answer = await PostAsync(collector, "/api/v2/write", Encoding.UTF8.GetBytes($"m f=1 {Now}\n" + new string('#', 200_000)), null, chunked);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }

    [Test]
    public async Task Too_many_lines_are_413()
    {
        await using var collector = await StartAsync("""{ "Ingest": { "MaxLines": 100 } }""");

        var answer = await PostAsync(collector, "/write?db=d", string.Concat(Enumerable.Repeat("m f=1\n", 101)));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }

    [TestCase("m f=\"{0}\"", TestName = "A line too long costs that line")]
    [TestCase("m,t={0} f=1", TestName = "A key too long costs that line")]
    public async Task Long_line(string line)
    {
        await using var collector = await StartAsync("""{ "Ingest": { "MaxLineBytes": "1KiB" } }""");
        var text = line.Replace("{0}", new string('x', 500_000), StringComparison.Ordinal);

        var answer = await PostAsync(collector, "/write?db=d", $"a f=1 {Now}\n{text}\nb f=2 {Now}\n");

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(StoredPoints.Of(collector), Is.EqualTo(new[] { $"a f=1@{Now}", $"b f=2@{Now}" }));
    }

    [TestCase("""{ "Ingest": { "MaxTags": 2 } }""", "m,a=1,b=2,c=3 f=1")]
    [TestCase("""{ "Ingest": { "MaxFields": 2 } }""", "m a=1,b=2,c=3")]
    [TestCase("""{ "Store": { "MaxSeriesPerAgent": 1 } }""", "m,x=1 f=1\nm,x=2 f=1")]
    public async Task A_limit_of_the_line_is_said_in_words(string section, string body)
    {
        await using var collector = await StartAsync(section);

        var answer = await PostAsync(collector, "/write?db=d", body);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Body, Does.Contain("dropped=1"));
    }

    [Test]
    public async Task A_store_that_cannot_take_points_is_503_with_a_time_to_come_back()
    {
        await using var collector = await StartAsync("""{ "Store": { "MinimumFreeBytes": "8000PB" }, "Ingest": { "RetryAfter": "7s" } }""");

        var answer = await PostAsync(collector, "/api/v2/write", "m f=1");

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(answer.Header("Retry-After"), Is.EqualTo("7"));
        Assert.That(answer.Body, Does.StartWith("""{"code":"unavailable","message":"""));
    }

    [Test]
    public async Task A_long_body_is_committed_in_steps_and_whole()
    {
        await using var collector = await StartAsync("""{ "Ingest": { "LinesPerCommit": 100 } }""");

        var answer = await PostAsync(collector, "/write?db=d", string.Concat(Enumerable.Range(0, 25_000).Select(i => $"m,host=h{i % 10} f={i}i {Now + i}\n")));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(StoredPoints.Of(collector), Has.Count.EqualTo(25_000));
    }

    private static Task<TestCollector> StartAsync(string section = "{}") => TestCollector.StartAsync(section, time: new ManualTimeProvider(Start));

    private static Task<Answer> PostAsync(TestCollector collector, string path, string body) => PostAsync(collector, path, Encoding.UTF8.GetBytes(body), null);

    private static async Task<Answer> PostAsync(TestCollector collector, string path, byte[] body, string? encoding, bool chunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Headers.TransferEncodingChunked = chunked ? true : null;
        if (encoding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(encoding);
        }

        using var response = await collector.Client.SendAsync(request);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.ToDictionary(header => header.Key, header => header.Value.First()));
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return output.ToArray();
    }

    private sealed record Answer(HttpStatusCode Status, string Body, Dictionary<string, string> Headers)
    {
        public string Header(string name) => Headers.GetValueOrDefault(name, "");
    }
}

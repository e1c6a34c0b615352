using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using NocMonitor.Collector.Tests.Cli;
using NocMonitor.Collector.Tests.Hosting;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Query.Influx;

public class QueryDoorTests
{
    private const string LongAgo = """{ "Store": { "Retention": "36500d" } }""";
    private const string Lines = "m,host=a v=1,s=\"x\" 1000000000\nm,host=b v=2.5 2000000000\nm,host=a v=3 3000000000\n";

    [Test]
    public async Task A_query_is_answered_as_InfluxDB_writes_it()
    {
        await using var collector = await StartAsync();

        var answer = await AskAsync(collector, "select v from m");

        Assert.That(answer, Is.EqualTo(
            """{"results":[{"statement_id":0,"series":[{"name":"m","columns":["time","v"],"values":[["1970-01-01T00:00:01Z",1],["1970-01-01T00:00:02Z",2.5],["1970-01-01T00:00:03Z",3]]}]}]}""" + "\n"));
    }

    [Test]
    public async Task A_form_asks_like_an_address_and_times_come_in_the_unit_asked_for()
    {
        await using var collector = await StartAsync();
        var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["q"] = "select max(v) from m group by host", ["epoch"] = "ms", ["db"] = "any" });

        using var answer = await collector.Client.PostAsync("/query", form);

        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo(
            """{"results":[{"statement_id":0,"series":[{"name":"m","tags":{"host":"a"},"columns":["time","max"],"values":[[3000,3]]},{"name":"m","tags":{"host":"b"},"columns":["time","max"],"values":[[2000,2.5]]}]}]}""" + "\n"));
    }

    [Test]
    public async Task Chunks_are_documents_of_their_own_and_say_when_more_comes()
    {
        await using var collector = await StartAsync();

        var answer = await AskAsync(collector, "select v from m group by host", "&chunked=true&chunk_size=1");

        Assert.That(answer.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(new[]
        {
            """{"results":[{"statement_id":0,"series":[{"name":"m","tags":{"host":"a"},"columns":["time","v"],"values":[["1970-01-01T00:00:01Z",1]],"partial":true}],"partial":true}]}""",
            """{"results":[{"statement_id":0,"series":[{"name":"m","tags":{"host":"a"},"columns":["time","v"],"values":[["1970-01-01T00:00:03Z",3]]}],"partial":true}]}""",
            """{"results":[{"statement_id":0,"series":[{"name":"m","tags":{"host":"b"},"columns":["time","v"],"values":[["1970-01-01T00:00:02Z",2.5]]}]}]}""",
        }));
    }

    [Test]
    public async Task Csv_comes_when_it_is_asked_for()
    {
        await using var collector = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/query?db=d&q=" + Uri.EscapeDataString("select v, s from m group by host"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/csv"));

        using var answer = await collector.Client.SendAsync(request);

        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/csv"));
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("name,tags,time,v,s\nm,host=a,1000000000,1,x\nm,host=a,3000000000,3,\nm,host=b,2000000000,2.5,\n"));
    }

    [Test]
    public async Task Tags_in_csv_are_escaped_so_that_they_can_be_told_apart()
    {
        await using var collector = await TestCollector.StartAsync(LongAgo);
        await collector.WriteAsync("m,ta\\ g=a\\,b\\=c v=1 1000000000");

        var answer = await AskForCsvAsync(collector, "select v from m group by *");

        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("name,tags,time,v\nm,\"ta\\ g=a\\,b\\=c\",1000000000,1\n"));
    }

    [Test]
    public async Task Csv_leaves_out_tags_that_a_series_does_not_have()
    {
        await using var collector = await StartAsync();

        var answer = await AskForCsvAsync(collector, "select last(v) from m group by host, nothing");

        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("name,tags,time,last\nm,host=a,3000000000,3\nm,host=b,2000000000,2.5\n"));
    }

    [Test]
    public async Task Who_asks_for_csv_gets_errors_as_csv()
    {
        await using var collector = await StartAsync();

        var answer = await AskForCsvAsync(collector, "select foo( from m");

        Assert.That((answer.StatusCode, answer.Content.Headers.ContentType!.MediaType), Is.EqualTo((HttpStatusCode.BadRequest, "text/csv")));
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("error\n\"error parsing query: found FROM, expected identifier, string, number, bool at line 1, char 13\"\n"));
    }

    [TestCase("gzip", "", true)]
    [TestCase("deflate, gzip;q=0.5", "", true)]
    [TestCase("gzip", "&chunked=true&chunk_size=1", true)]
    [TestCase("deflate, gzip;q=0.0", "", false)]
    [TestCase("identity", "", false)]
    public async Task An_answer_is_packed_for_a_client_that_takes_that(string accepted, string more, bool packed)
    {
        await using var collector = await StartAsync();
        var plain = await AskAsync(collector, "select v from m group by host", more);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/query?db=d&q=" + Uri.EscapeDataString("select v from m group by host") + more);
        request.Headers.Add("Accept-Encoding", accepted);

        using var answer = await collector.Client.SendAsync(request);

        Assert.That(answer.Content.Headers.ContentEncoding, packed ? Is.EqualTo(new[] { "gzip" }) : Is.Empty);
        await using var body = await answer.Content.ReadAsStreamAsync();
        using var text = new StreamReader(packed ? new GZipStream(body, CompressionMode.Decompress) : body);
        Assert.That(await text.ReadToEndAsync(), Is.EqualTo(plain));
    }

    [Test]
    public async Task Csv_is_packed_as_well()
    {
        await using var collector = await StartAsync();

        var answer = await AskForCsvAsync(collector, "select v from m", "gzip");

        await using var body = new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var text = new StreamReader(body);
        Assert.That(await text.ReadToEndAsync(), Does.StartWith("name,tags,time,v\nm,,1000000000,1\n"));
    }

    [Test]
    public async Task A_query_may_come_as_a_file_of_a_form()
    {
        await using var collector = await StartAsync();
        using var form = new MultipartFormDataContent { { new StringContent("select max(v) from m"), "q", "queries.txt" }, { new StringContent("d"), "db" } };

        using var answer = await collector.Client.PostAsync("/query", form);

        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("1970-01-01T00:00:03Z"));
    }

    [TestCase("", HttpStatusCode.BadRequest, """{"error":"missing required parameter \"q\""}""")]
    [TestCase("select", HttpStatusCode.BadRequest, """{"error":"error parsing query: found EOF, expected identifier, string, number, bool at line 1, char 8"}""")]
    [TestCase("select foo(v) from m", HttpStatusCode.OK, """{"results":[{"statement_id":0,"error":"undefined function foo()"}]}""" + "\n")]
    [TestCase("show users; show databases", HttpStatusCode.OK,
        """{"results":[{"statement_id":0,"error":"SHOW USERS is not supported"},{"statement_id":1,"error":"not executed"}]}""" + "\n")]
    [TestCase("create database x; show databases", HttpStatusCode.OK,
        """{"results":[{"statement_id":0},{"statement_id":1,"series":[{"name":"databases","columns":["name"],"values":[["nocmonitor"],["x"]]}]}]}""" + "\n")]
    public async Task What_cannot_be_answered_is_told(string query, HttpStatusCode status, string expected)
    {
        await using var collector = await StartAsync();

        using var answer = await collector.Client.GetAsync("/query?db=d&q=" + Uri.EscapeDataString(query));

        Assert.That(answer.StatusCode, Is.EqualTo(status));
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo(expected));
    }

    [TestCase("write", "show measurements", HttpStatusCode.Forbidden)]
    [TestCase("read", "show measurements", HttpStatusCode.OK)]
    [TestCase("read", "drop measurement m", HttpStatusCode.Forbidden)]
    [TestCase(null, "show measurements", HttpStatusCode.Unauthorized)]
    public async Task A_token_that_may_read_may_ask_and_only_an_operators_may_delete(string? scope, string query, HttpStatusCode expected)
    {
        using var folder = new TemporaryFolder();
        var (_, token, _) = await CommandLineRun.RunAsync("token", "create", "--scope", scope ?? "read", "--name", "t", "--data", folder.File("data"));
        await using var collector = await TestCollector.StartAsync(folder: folder);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/query?db=d&q=" + Uri.EscapeDataString(query));
        if (scope is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Token", token.Trim());
        }

        using var answer = await collector.Client.SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(expected));
    }

    [Test]
    public async Task An_address_deletes_nothing_a_post_does()
    {
        await using var collector = await StartAsync();

        using var fetched = await collector.Client.GetAsync("/query?db=d&q=drop%20measurement%20m");
        using var posted = await collector.Client.PostAsync("/query?db=d&q=drop%20measurement%20m", null);

        Assert.That(fetched.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await posted.Content.ReadAsStringAsync(), Is.EqualTo("""{"results":[{"statement_id":0}]}""" + "\n"));
        Assert.That(await AskAsync(collector, "select v from m"), Is.EqualTo("""{"results":[{"statement_id":0}]}""" + "\n"));
    }

    [Test]
    public async Task Limits_of_the_configuration_hold()
    {
        await using var collector = await TestCollector.StartAsync("""{ "Store": { "Retention": "36500d" }, "Query": { "MaxBuckets": 3 } }""");
        await collector.WriteAsync(Lines);

        var answer = await AskAsync(collector, "select mean(v) from m where time >= 0 and time < 10s group by time(1s)");

        Assert.That(answer, Is.EqualTo("""{"results":[{"statement_id":0,"error":"max-select-buckets limit exceeded: (10/3)"}]}""" + "\n"));
    }

    [Test]
    public async Task A_query_ends_when_its_client_goes_away()
    {
        await using var collector = await TestCollector.StartAsync("""{ "Store": { "Retention": "36500d" }, "Query": { "MaxConcurrent": 1 } }""");
        await collector.WriteAsync(Lines);
        var questions = string.Join(';', Enumerable.Repeat("select mean(v) from m where time >= 0 and time < 400000s group by time(1s) fill(0)", 40));
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096, LingerState = new LingerOption(true, 0) };
        await client.ConnectAsync(IPAddress.Loopback, collector.Client.BaseAddress!.Port);
        await client.SendAsync(Encoding.ASCII.GetBytes($"GET /query?db=d&q={Uri.EscapeDataString(questions)} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        await client.ReceiveAsync(new byte[64]);
        await Eventually.HappensAsync("the query runs", async () => (await AskAsync(collector, "show measurements")).Contains("max-concurrent-queries limit exceeded", StringComparison.Ordinal));

        client.Close();

        await Eventually.HappensAsync("the query ends", async () => (await AskAsync(collector, "show measurements")).Contains("values", StringComparison.Ordinal));
    }

    [Test]
    public async Task A_list_of_what_is_stored_counts_as_rows()
    {
        await using var collector = await TestCollector.StartAsync("""{ "Store": { "Retention": "36500d" }, "Query": { "MaxRows": 1 } }""");
        await collector.WriteAsync(Lines);

        Assert.That(await AskAsync(collector, "show series from m"), Is.EqualTo("""{"results":[{"statement_id":0,"error":"max-row-limit exceeded: (2/1)"}]}""" + "\n"));
    }

    private static async Task<TestCollector> StartAsync()
    {
        var collector = await TestCollector.StartAsync(LongAgo);
        Assert.That(await collector.WriteAsync(Lines), Is.EqualTo(204));
        return collector;
    }

    private static Task<HttpResponseMessage> AskForCsvAsync(TestCollector collector, string query, string encoding = "identity")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/query?db=d&q=" + Uri.EscapeDataString(query));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
        request.Headers.Add("Accept-Encoding", encoding);
        return collector.Client.SendAsync(request);
    }

    private static Task<string> AskAsync(TestCollector collector, string query, string more = "") =>
        collector.Client.GetStringAsync($"/query?db=d&q={Uri.EscapeDataString(query)}{more}");
}

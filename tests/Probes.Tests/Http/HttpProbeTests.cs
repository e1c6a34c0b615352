using System.Net;
using System.Net.Sockets;
using System.Text;
using NocMonitor.LineProtocol;
using NocMonitor.Probes.Tests.Tcp;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Http;

public class HttpProbeTests
{
    [Test, CancelAfter(30_000)]
    public async Task A_good_answer_is_a_success_with_the_time_of_each_phase(CancellationToken token)
    {
        await using var server = FakeHttpServer.Saying("hello");

        var point = await ProbeAsync($$"""{ "Targets": "http://localhost:{{server.Port}}/health", "Family": "IPv4" }""", token);

        Assert.That(point.ToString(), Does.StartWith($"http_response,server=http://localhost:{server.Port}/health,method=GET,host=localhost "));
        Assert.That(Outcome(point), Is.EqualTo("0"));
        Assert.That(Integer(point, "http_response_code"), Is.EqualTo(200));
        Assert.That(Integer(point, "response_status_code_match"), Is.EqualTo(1));
        Assert.That(Integer(point, "content_length"), Is.EqualTo(5));
        Assert.That(point.FindField("response_string_match"), Is.Null);
        Assert.That(point.FindField("tls_time"), Is.Null);
        var phases = new[] { "dns_time", "connect_time", "first_byte_time" }.Select(field => Float(point, field)).ToList();
        Assert.That(phases, Has.All.GreaterThan(0));
        Assert.That(Float(point, "total_time"), Is.GreaterThanOrEqualTo(phases.Sum()));
        Assert.That(Float(point, "response_time"), Is.LessThanOrEqualTo(Float(point, "total_time")));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_request_has_the_configured_method_headers_and_body(CancellationToken token)
    {
        await using var server = FakeHttpServer.Saying("");

        await ProbeAsync($$"""
            { "Targets": "http://127.0.0.1:{{server.Port}}/a%20b?x=1", "Method": "post", "Body": "{\"ä\":1}",
              "Headers": { "Content-Type": "application/json", "host": "shop.example" } }
            """, token);

        var request = server.Requests.Single();
        Assert.That(request, Does.StartWith("POST /a%20b?x=1 HTTP/1.1\r\n").And.EndWith("\r\n\r\n{\"ä\":1}"));
        Assert.That(request, Does.Contain("Host: shop.example\r\n").And.Contain("Content-Type: application/json\r\n"));
        Assert.That(request, Does.Contain("Content-Length: 8\r\n").And.Contain("Connection: close\r\n").And.Contain("User-Agent: NocMonitor\r\n"));
        Assert.That(request.Split("ost: "), Has.Length.EqualTo(2), "one Host header");
    }

    [TestCase("\"200-299\"", "500 Internal Server Error", "4 status 500 Internal Server Error is not expected (200-299)")]
    [TestCase("[ 200, \"401-403\" ]", "403 Forbidden", "0")]
    [TestCase("[ 200, \"401-403\" ]", "404", "4 status 404 is not expected (200, 401-403)")]
    [CancelAfter(30_000)]
    public async Task The_status_decides(string expect, string status, string outcome, CancellationToken token)
    {
        await using var server = FakeHttpServer.Saying("body", status);

        var point = await ProbeAsync($$"""{ "Targets": "http://127.0.0.1:{{server.Port}}/", "ExpectStatus": {{expect}} }""", token);

        Assert.That(Outcome(point), Is.EqualTo(outcome));
        Assert.That(Integer(point, "response_status_code_match"), Is.EqualTo(outcome == "0" ? 1 : 0));
    }

    [TestCase("\"ExpectBody\": \"status: up\"", "status: up\n", 1)]
    [TestCase("\"ExpectBody\": \"status: up\"", "status: down\n", 0)]
    [TestCase("\"ExpectBodyPattern\": \"\\\"status\\\" *: *\\\"(up|ok)\\\"\"", "{ \"status\" : \"ok\" }", 1)]
    [TestCase("\"ExpectBodyPattern\": \"^up$\"", "down", 0)]
    [CancelAfter(30_000)]
    public async Task The_body_decides(string expect, string body, int match, CancellationToken token)
    {
        await using var server = FakeHttpServer.Saying(body);

        var point = await ProbeAsync($$"""{ "Targets": "http://127.0.0.1:{{server.Port}}/", {{expect}} }""", token);

        Assert.That(Integer(point, "response_string_match"), Is.EqualTo(match));
        Assert.That(Outcome(point), Is.EqualTo(match == 1 ? "0" : "4 the body does not contain what is expected"));
    }

    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: t\r\n\r\n", 5)]
    [TestCase("HTTP/1.1 200 OK\r\n\r\nup to the end", 13)]
    [TestCase("HTTP/1.0 200 OK\nServer: old\n\nabc", 3)]
    [TestCase("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", 1)]
    [TestCase("HTTP/1.1 204 No Content\r\n\r\n", 0)]
    [TestCase("HTTP/1.1 200 OK\r\ncontent-length:  2 \r\nX-Folded: a\r\n b\r\n\r\nok+more", 2)]
    [CancelAfter(30_000)]
    public async Task All_forms_of_bodies_are_read(string answer, int length, CancellationToken token)
    {
        await using var server = new FakeHttpServer(_ => Encoding.UTF8.GetBytes(answer));

        var point = await ProbeAsync($$"""{ "Targets": "http://127.0.0.1:{{server.Port}}/" }""", token);

        Assert.That((Outcome(point), Integer(point, "content_length")), Is.EqualTo(("0", length)));
    }

    [TestCase("SSH-2.0-OpenSSH\r\n", "4 the answer is not HTTP/1")]
    [TestCase("HTTP/1.1 2x0 OK\r\n\r\n", "4 the answer is not HTTP/1")]
    [TestCase("HTTP/2.0 200 OK\r\n\r\n", "4 the answer is not HTTP/1")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-", "4 the connection was closed within the head of the answer")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort", "4 the connection was closed within the body")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "4 the answer names more than one length, or one that is no number")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "4 the body is not in the chunked coding that its head names")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", "4 the connection was closed within the body")]
    [CancelAfter(30_000)]
    public async Task A_broken_answer_says_what_is_wrong(string answer, string outcome, CancellationToken token)
    {
        await using var server = new FakeHttpServer(_ => Encoding.UTF8.GetBytes(answer));

        var point = await ProbeAsync($$"""{ "Targets": "http://127.0.0.1:{{server.Port}}/" }""", token);

        Assert.That(Outcome(point), Is.EqualTo(outcome));
    }

    [TestCase("HTTP/1.1 200 OK\r\n\r\n", "4 the body is longer than MaxResponse, 10000 bytes")]
    [TestCase("HTTP/1.1 200 OK\r\nX: ", "4 the head of the answer is longer than 65536 bytes")]
    [CancelAfter(30_000)]
    public async Task An_endless_answer_is_read_up_to_its_limit(string start, string outcome, CancellationToken token)
    {
        await using var peer = new ScriptedTcpPeer(async (connection, stop) =>
        {
            await connection.SendAsync(Encoding.ASCII.GetBytes(start), stop);
            while (true)
            {
                await connection.SendAsync(Enumerable.Repeat((byte)'x', 1000).ToArray(), stop);
            }
        });

        var point = await ProbeAsync($$"""{ "Targets": "http://127.0.0.1:{{peer.Port}}/", "MaxResponse": "10KB" }""", token);

        Assert.That(Outcome(point), Is.EqualTo(outcome));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_silent_server_costs_the_time_limit_and_no_more(CancellationToken token)
    {
        var time = new ManualTimeProvider();
        await using var context = ConfiguredProbe.Context(time);
        var asked = new SemaphoreSlim(0);
        await using var peer = new ScriptedTcpPeer(async (connection, stop) =>
        {
            await connection.ReceiveAsync(new byte[1000], stop);
            asked.Release();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
        });
        var points = new RecordedPoints();
        var probe = ConfiguredProbe.Create("http", $$"""{ "Targets": "http://127.0.0.1:{{peer.Port}}/", "Timeout": "3s", "Confirmations": 0 }""", context);

        var round = probe.ProbeAsync(points, token);
        await asked.WaitAsync(token);
        time.Advance(TimeSpan.FromSeconds(3));
        await round;

        Assert.That(Outcome(points.Single()), Is.EqualTo("2 answer: no answer in time"));
        Assert.That(Float(points.Single(), "total_time"), Is.EqualTo(3));
        Assert.That(points.Single().FindField("http_response_code"), Is.Null);
    }

    [Test, CancelAfter(30_000)]
    public async Task A_closed_port_is_refused_and_confirmed_at_once(CancellationToken token)
    {
        var points = await ConfiguredProbe.RoundAsync("http",
            $$"""{ "Targets": "http://127.0.0.1:{{ScriptedTcpPeer.ClosedPort()}}/", "ConfirmInterval": "0s" }""", token);

        Assert.That(points.All.Select(Outcome), Is.EqualTo(Enumerable.Repeat("1 connect: connection refused", 3)));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_connection_closed_without_an_answer_is_no_success(CancellationToken token)
    {
        await using var server = new FakeHttpServer(_ => null);

        var point = await ProbeAsync($$"""{ "Targets": "http://127.0.0.1:{{server.Port}}/" }""", token);

        Assert.That(Outcome(point), Does.StartWith("1 "));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_name_whose_first_address_refuses_is_reached_by_its_next(CancellationToken token)
    {
        await using var server = FakeHttpServer.Saying("ok");
        await using var context = ConfiguredProbe.Context();
        context.Shared(_ => new Probes.Targets.NameResolver(context.Time, _ => [IPAddress.Parse("127.0.0.2"), IPAddress.Loopback]));
        var points = new RecordedPoints();

        await ConfiguredProbe.Create("http", $$"""{ "Targets": "http://web.test:{{server.Port}}/", "Confirmations": 0 }""", context).ProbeAsync(points, token);

        Assert.That(Outcome(points.Single()), Is.EqualTo("0"));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_name_that_does_not_exist_is_its_own_result(CancellationToken token)
    {
        await using var context = ConfiguredProbe.Context();
        context.Shared(_ => new Probes.Targets.NameResolver(context.Time, _ => throw new SocketException((int)SocketError.HostNotFound)));
        var points = new RecordedPoints();

        await ConfiguredProbe.Create("http", """{ "Targets": "http://web.invalid/", "Confirmations": 0 }""", context).ProbeAsync(points, token);

        Assert.That(Outcome(points.Single()), Is.EqualTo("3 web.invalid is not known to the resolver"));
    }

    [Test, CancelAfter(30_000)]
    public async Task IPv6_works(CancellationToken token)
    {
        await using var server = new FakeHttpServer(_ => FakeHttpServer.Answer("ok"), address: IPAddress.IPv6Loopback);

        var point = await ProbeAsync($$"""{ "Targets": "http://[::1]:{{server.Port}}/", "Family": "IPv6" }""", token);

        Assert.That(Outcome(point), Is.EqualTo("0"));
        Assert.That(point.FindTag("host"), Is.EqualTo("::1"));
        Assert.That(server.Requests.Single(), Does.Contain($"Host: [::1]:{server.Port}\r\n"));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_kept_connection_serves_the_next_round_and_is_replaced_when_the_server_closed_it(CancellationToken token)
    {
        var closes = false;
        await using var server = new FakeHttpServer(_ => FakeHttpServer.Answer("ok", headers: closes ? "Connection: close\r\n" : ""));
        await using var context = ConfiguredProbe.Context();
        var probe = ConfiguredProbe.Create("http", $$"""{ "Targets": "http://127.0.0.1:{{server.Port}}/", "KeepAlive": true, "Confirmations": 0 }""", context);
        var points = new RecordedPoints();

        await probe.ProbeAsync(points, token);
        closes = true;
        await probe.ProbeAsync(points, token);
        await probe.ProbeAsync(points, token);
        await ((IAsyncDisposable)probe).DisposeAsync();

        Assert.That(points.All.Select(Outcome), Is.All.EqualTo("0"));
        Assert.That(points.All.Select(point => point.FindField("connect_time") is not null), Is.EqualTo(new[] { true, false, true }));
        Assert.That(server.Connections, Is.EqualTo(2));
    }

    [Test]
    public void Bad_options_are_all_named_and_show_no_secret()
    {
        var errors = ConfiguredProbe.Errors("http", """
            { "Targets": ["ftp://x/", "http://u:hidden@", "http://ok/?token=a", "http://ok/?token=b"], "Method": "G T", "Headers": { "a b": "c" },
              "ExpectStatus": "2xx", "ExpectBody": "a", "ExpectBodyPattern": "(?=x)", "Password": "hidden", "BearerToken": "x\ny", "Proxy": "http://u:hidden@proxy:1",
              "Tls": { "CaFile": "/nowhere/ca.pem", "ClientKeyFile": "/nowhere/key.pem" } }
            """);

        Assert.That(errors, Has.Count.EqualTo(13));
        Assert.That(errors, Does.Contain("Targets: entry 2 is not a URL such as https://web01/health"));
        Assert.That(string.Join('\n', errors), Does.Not.Contain("hidden"));
    }

    private static async Task<Point> ProbeAsync(string options, CancellationToken token) =>
        (await ConfiguredProbe.RoundAsync("http", options.TrimEnd().TrimEnd('}') + """, "Confirmations": 0 }""", token)).Single();

    private static string Outcome(Point point) => $"{point.FindField("result_code")!.Value.Integer} {point.FindField("error")?.Text}".TrimEnd();

    private static double Float(Point point, string field) => point.FindField(field)!.Value.Float;

    private static long Integer(Point point, string field) => point.FindField(field)!.Value.Integer;
}

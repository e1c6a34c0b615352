using System.Net;
using System.Net.Sockets;
using System.Text;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Tcp;

public class TcpProbeTests
{
    [Test, CancelAfter(30_000)]
    public async Task An_open_port_is_a_success_with_its_times(CancellationToken token)
    {
        await using var peer = new ScriptedTcpPeer((_, _) => Task.CompletedTask);

        var points = await ConfiguredProbe.RoundAsync("tcp", $$"""{ "Targets": "127.0.0.1:{{peer.Port}}" }""", token);

        var point = points.Single();
        Assert.That(point.ToString(), Does.StartWith($"net_response,server=127.0.0.1,port={peer.Port},protocol=tcp,host=127.0.0.1 response_time="));
        Assert.That(point.FindField("result_code")!.Value.Integer, Is.Zero);
        Assert.That(point.FindField("connect_time")!.Value.Float, Is.GreaterThan(0).And.LessThanOrEqualTo(point.FindField("response_time")!.Value.Float));
        Assert.That((point.FindField("error"), point.FindField("string_found")), Is.EqualTo(((object?)null, (object?)null)));
        Assert.That(point.Timestamp, Is.Not.Null);
    }

    [Test, CancelAfter(30_000)]
    public async Task A_closed_port_is_refused_and_confirmed_at_once(CancellationToken token)
    {
        var port = ScriptedTcpPeer.ClosedPort();

        var points = await ConfiguredProbe.RoundAsync("tcp", $$"""{ "Targets": "127.0.0.1:{{port}}", "ConfirmInterval": "0s" }""", token);

        Assert.That(points.All.Select(Outcome), Is.EqualTo(Enumerable.Repeat("1 connect: connection refused", 3)));
        Assert.That(points.All[0].FindField("response_time"), Is.Not.Null);
    }

    [Test, CancelAfter(30_000)]
    public async Task A_text_is_sent_with_its_escapes_and_the_answer_found_across_packets(CancellationToken token)
    {
        var received = "";
        await using var peer = new ScriptedTcpPeer(async (connection, stop) =>
        {
            var buffer = new byte[100];
            received = Encoding.UTF8.GetString(buffer, 0, await connection.ReceiveAsync(buffer, stop));
            connection.NoDelay = true;
            await connection.SendAsync("220 re"u8.ToArray(), stop);
            await connection.SendAsync("ady\r\n"u8.ToArray(), stop);
        });

        var points = await ConfiguredProbe.RoundAsync("tcp",
            $$"""{ "Targets": "127.0.0.1:{{peer.Port}}", "Send": "EHLO \\x41\\r\\n", "Expect": "ready\\r\\n" }""", token);

        Assert.That((Outcome(points.Single()), received), Is.EqualTo(("0", "EHLO A\r\n")));
        Assert.That(points.Single().FindField("string_found")!.Value.Boolean, Is.True);
    }

    [TestCase("SSH-[0-9.]+", "SSH-2.0-x\r\n", "0")]
    [TestCase("^SSH-1", "SSH-2.0-x\r\n", "4 the connection was closed after 11 bytes without the expected text")]
    [TestCase("x", "", "4 the connection was closed without an answer")]
    [CancelAfter(30_000)]
    public async Task A_pattern_decides(string pattern, string answer, string outcome, CancellationToken token)
    {
        await using var peer = new ScriptedTcpPeer((connection, stop) => SendAndCloseAsync(connection, Encoding.UTF8.GetBytes(answer), stop));

        var points = await ConfiguredProbe.RoundAsync("tcp",
            $$"""{ "Targets": "127.0.0.1:{{peer.Port}}", "ExpectPattern": "{{pattern}}", "Confirmations": 0 }""", token);

        Assert.That(Outcome(points.Single()), Is.EqualTo(outcome));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_peer_that_talks_without_end_is_read_up_to_the_limit_only(CancellationToken token)
    {
        await using var peer = new ScriptedTcpPeer(async (connection, stop) =>
        {
            while (true)
            {
                await connection.SendAsync(new byte[1000], stop);
            }
        });

        var points = await ConfiguredProbe.RoundAsync("tcp",
            $$"""{ "Targets": "127.0.0.1:{{peer.Port}}", "Expect": "never", "MaxResponse": "10KB", "Confirmations": 0 }""", token);

        Assert.That(Outcome(points.Single()), Is.EqualTo("4 the expected text is not in the first 10000 bytes of the answer"));
        Assert.That(points.Single().FindField("string_found")!.Value.Boolean, Is.False);
    }

    [Test, CancelAfter(30_000)]
    public async Task A_silent_peer_costs_the_time_limit_and_no_more(CancellationToken token)
    {
        var time = new ManualTimeProvider();
        await using var context = ConfiguredProbe.Context(time);
        await using var peer = new ScriptedTcpPeer((_, stop) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop));
        var points = new RecordedPoints();
        var probe = ConfiguredProbe.Create("tcp",
            $$"""{ "Targets": "127.0.0.1:{{peer.Port}}", "Expect": "never", "Timeout": "3s", "Confirmations": 0 }""", context);

        var round = probe.ProbeAsync(points, token);
        await peer.AcceptedAsync(token);
        time.Advance(TimeSpan.FromSeconds(3));
        await round;

        Assert.That(Outcome(points.Single()), Does.StartWith("2 ").And.EndWith("no answer in time"));
        Assert.That(points.Single().FindField("response_time")!.Value.Float, Is.EqualTo(3));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_reset_connection_says_so(CancellationToken token)
    {
        await using var peer = new ScriptedTcpPeer((connection, _) =>
        {
            connection.LingerState = new LingerOption(true, 0);
            connection.Close();
            return Task.CompletedTask;
        });

        var points = await ConfiguredProbe.RoundAsync("tcp",
            $$"""{ "Targets": "127.0.0.1:{{peer.Port}}", "Expect": "x", "Confirmations": 0 }""", token);

        Assert.That(Outcome(points.Single()), Is.EqualTo("1 receive: connection reset").Or.EqualTo("1 connect: connection reset"));
    }

    [Test, CancelAfter(30_000)]
    public async Task IPv6_works_and_the_family_option_chooses(CancellationToken token)
    {
        await using var peer = new ScriptedTcpPeer(IPAddress.IPv6Loopback, (_, _) => Task.CompletedTask);

        var points = await ConfiguredProbe.RoundAsync("tcp", $$"""{ "Targets": "[::1]:{{peer.Port}}", "Confirmations": 0 }""", token);
        var wrong = await ConfiguredProbe.RoundAsync("tcp", $$"""{ "Targets": "[::1]:{{peer.Port}}", "Family": "IPv4", "Confirmations": 0 }""", token);

        Assert.That(points.Single().ToString(), Does.StartWith($"net_response,server=::1,port={peer.Port},"));
        Assert.That((Outcome(points.Single()), Outcome(wrong.Single())), Is.EqualTo(("0", "3 there is no IPv4 address, only ::1")));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_name_that_does_not_exist_is_its_own_result(CancellationToken token)
    {
        await using var context = ConfiguredProbe.Context();
        context.Shared(_ => new Probes.Targets.NameResolver(context.Time, _ => throw new SocketException((int)SocketError.HostNotFound)));
        var points = new RecordedPoints();

        await ConfiguredProbe.Create("tcp", """{ "Targets": "db.invalid:5432", "Confirmations": 0 }""", context).ProbeAsync(points, token);

        Assert.That(Outcome(points.Single()), Is.EqualTo("3 db.invalid is not known to the resolver"));
        Assert.That(points.Single().FindTag("host"), Is.EqualTo("db.invalid"));
    }

    [Test]
    public void Bad_options_are_all_named()
    {
        var errors = ConfiguredProbe.Errors("tcp", """
            { "Targets": ["web", "ok:1", "[::1]", "a:99999"], "Send": "\\q", "Expect": "a", "ExpectPattern": "(" }
            """);

        Assert.That(errors, Has.Count.EqualTo(6));
        Assert.That(errors, Has.Exactly(3).StartsWith("Targets: '").And.Exactly(1).StartsWith("Send: has a backslash"));
    }

    private static string Outcome(NocMonitor.LineProtocol.Point point) =>
        $"{point.FindField("result_code")!.Value.Integer} {point.FindField("error")?.Text}".TrimEnd();

    private static async Task SendAndCloseAsync(Socket connection, byte[] answer, CancellationToken stop)
    {
        await connection.SendAsync(answer, stop);
        connection.Shutdown(SocketShutdown.Send);
        await connection.ReceiveAsync(new byte[1], stop);
    }
}

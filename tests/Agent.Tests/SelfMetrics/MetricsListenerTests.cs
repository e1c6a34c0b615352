using System.Net;
using System.Net.Sockets;
using System.Text;
using NocMonitor.Agent.SelfMetrics;
using NocMonitor.Agent.Tests.Hosting;

namespace NocMonitor.Agent.Tests.SelfMetrics;

public class MetricsListenerTests
{
    private readonly CancellationTokenSource _stop = new();
    private AgentStage _agent = null!;
    private MetricsListener _listener = null!;
    private Task _serving = Task.CompletedTask;

    [SetUp]
    public void Build()
    {
        _agent = new AgentStage();
        _agent.Configure("");
        _agent.Start();
        _listener = new MetricsListener(0, _agent.Runtime.Readings, _agent.Time);
        _serving = _listener.RunAsync(_stop.Token);
    }

    [TearDown]
    public async Task ClearAsync()
    {
        _listener.Dispose();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _agent.DisposeAsync();
    }

    [Test]
    public async Task A_scrape_gets_every_reading_with_help_and_type()
    {
        var page = await AskAsync("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");

        Assert.That(page, Does.StartWith("HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4"));
        Assert.That(page, Does.Contain("# TYPE nocmonitor_agent_points_dropped_total counter\nnocmonitor_agent_points_dropped_total 0\n"));
        Assert.That(page, Does.Match("nocmonitor_agent_process_resident_memory_bytes [0-9]+\n"));
    }

    [TestCase("GET / HTTP/1.1\r\n\r\n", "404")]
    [TestCase("POST /metrics HTTP/1.1\r\n\r\n", "405")]
    [TestCase("GET /metricsx HTTP/1.1\r\n\r\n", "404")]
    public async Task Anything_else_is_refused(string request, string status)
    {
        Assert.That(await AskAsync(request), Does.StartWith($"HTTP/1.1 {status}"));
    }

    [Test]
    public async Task Garbage_and_a_head_without_end_are_hung_up_on_and_the_next_scraper_is_served()
    {
        Assert.That(await AskAsync(new string('x', 9000)), Is.Empty);
        Assert.That(await AskAsync("GET /metrics HTTP/1.1\r\n\r\n"), Does.StartWith("HTTP/1.1 200"));
    }

    [Test]
    public async Task A_scraper_that_says_nothing_holds_up_the_next_for_its_time_limit_only()
    {
        using var silent = await ConnectAsync();
        var next = AskAsync("GET /metrics HTTP/1.1\r\n\r\n");

        await _agent.AdvanceUntilAsync(() => next.IsCompleted);

        Assert.That(await next, Does.StartWith("HTTP/1.1 200"));
    }

    private async Task<string> AskAsync(string request)
    {
        using var socket = await ConnectAsync();
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes(request));
            while (await socket.ReceiveAsync(buffer) is var read and > 0)
            {
                answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (SocketException)
        {
            // Hung up with our bytes unread is a reset; what came before it counts.
            return answer.ToString();
        }

        return answer.ToString();
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _listener.Port);
        return socket;
    }
}

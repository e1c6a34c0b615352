using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.Collector.Hosting;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Hosting;

[Platform(Exclude = "Win")]
public class SystemdReporterTests
{
    private ManualTimeProvider _time = null!;
    private Lifetime _host = null!;
    private TemporaryFolder _folder = null!;
    private Socket _systemd = null!;
    private string? _trouble;

    [SetUp]
    public void Listen()
    {
        _time = new ManualTimeProvider();
        _host = new Lifetime();
        _trouble = null;
        _folder = new TemporaryFolder();
        _systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        _systemd.Bind(new UnixDomainSocketEndPoint(_folder.File("notify")));
    }

    [TearDown]
    public void Close()
    {
        _systemd.Dispose();
        _folder.Dispose();
        _host.Dispose();
    }

    [Test]
    public async Task It_is_ready_when_the_host_has_started_and_stops_with_it()
    {
        using var reporter = Create(watchdogMicroseconds: null);
        await reporter.StartAsync(CancellationToken.None);
        Assert.That(_systemd.Available, Is.Zero);

        _host.Start();

        Assert.That(await MessageAsync(), Is.EqualTo("READY=1"));
        Assert.That(await MessageAsync(), Is.EqualTo("STATUS=well"));
        await reporter.StopAsync(CancellationToken.None);
        Assert.That(await MessageAsync(), Is.EqualTo("STOPPING=1"));
    }

    [Test]
    public async Task The_watchdog_is_fed_twice_in_its_time_and_the_status_follows_the_trouble()
    {
        using var reporter = Create(watchdogMicroseconds: "6000000");
        await reporter.StartAsync(CancellationToken.None);
        _host.Start();
        string[] first = [await MessageAsync(), await MessageAsync(), await MessageAsync()];

        _trouble = "the disk is full\nalmost";
        _time.Advance(TimeSpan.FromSeconds(3));
        string[] second = [await MessageAsync(), await MessageAsync()];
        _time.Advance(TimeSpan.FromSeconds(3));
        var third = await MessageAsync();
        await reporter.StopAsync(CancellationToken.None);

        Assert.That(first, Is.EqualTo(new[] { "READY=1", "WATCHDOG=1", "STATUS=well" }));
        Assert.That(second, Is.EqualTo(new[] { "WATCHDOG=1", "STATUS=refuses points: the disk is full almost" }));
        Assert.That((third, await MessageAsync()), Is.EqualTo(("WATCHDOG=1", "STOPPING=1")));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("/nowhere/to/be/found")]
    public void Without_a_socket_of_systemd_there_is_nobody_to_tell(string? path)
    {
        Assert.That(SystemdSocket.Open(name => name == "NOTIFY_SOCKET" ? path : null), Is.Null);
    }

    private SystemdReporter Create(string? watchdogMicroseconds)
    {
        var readiness = new Readiness(_time);
        readiness.Add(() => _trouble);
        return new SystemdReporter(
            name => name switch { "NOTIFY_SOCKET" => _folder.File("notify"), "WATCHDOG_USEC" => watchdogMicroseconds, _ => null },
            _host, readiness, () => "well", _time, NullLogger<SystemdReporter>.Instance);
    }

    private async Task<string> MessageAsync()
    {
        var buffer = new byte[256];
        var length = await Eventually.Async(_systemd.ReceiveAsync(buffer.AsMemory(), SocketFlags.None));
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _started = new();

        public CancellationToken ApplicationStarted => _started.Token;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void Start() => _started.Cancel();

        public void StopApplication() => throw new NotSupportedException();

        public void Dispose() => _started.Dispose();
    }
}

using System.Net.Sockets;
using System.Text;
using NocMonitor.Agent.Hosting;
using NocMonitor.Testing;

namespace NocMonitor.Agent.Tests.Hosting;

public class SystemdNotifierTests
{
    private readonly ManualTimeProvider _time = new();
    private TemporaryFolder _folder = null!;
    private Socket _systemd = null!;
    private LogLines _log = null!;

    [SetUp]
    public void Build()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("systemd is on Linux");
        }

        _folder = new TemporaryFolder();
        _log = new LogLines(_time);
        _systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        _systemd.Bind(new UnixDomainSocketEndPoint(_folder.File("notify")));
    }

    [TearDown]
    public void Clear()
    {
        _systemd.Dispose();
        _log.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void Each_state_is_one_datagram_and_an_unchanged_status_none()
    {
        using var notifier = Connect(("NOTIFY_SOCKET", _folder.File("notify")))!;

        notifier.Ready();
        notifier.Status("5 probes");
        notifier.Status("5 probes");
        notifier.Alive();
        notifier.Stopping();

        Assert.That(Enumerable.Range(0, 4).Select(_ => Receive()), Is.EqualTo(new[] { "READY=1", "STATUS=5 probes", "WATCHDOG=1", "STOPPING=1" }));
        Assert.That(_systemd.Available, Is.Zero);
    }

    [Test]
    public void An_abstract_socket_is_reached_too()
    {
        var name = $"nocmonitor-test-{Guid.NewGuid():N}";
        using var listener = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint("\0" + name));
        using var notifier = Connect(("NOTIFY_SOCKET", "@" + name))!;

        notifier.Ready();

        var buffer = new byte[100];
        Assert.That(Encoding.UTF8.GetString(buffer, 0, listener.Receive(buffer)), Is.EqualTo("READY=1"));
    }

    [Test]
    public void The_watchdog_wants_a_sign_at_half_its_time_from_the_process_it_names()
    {
        var ours = Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var asked = Connect(("NOTIFY_SOCKET", _folder.File("notify")), ("WATCHDOG_USEC", "30000000"), ("WATCHDOG_PID", ours));
        using var another = Connect(("NOTIFY_SOCKET", _folder.File("notify")), ("WATCHDOG_USEC", "30000000"), ("WATCHDOG_PID", "1"));
        using var none = Connect(("NOTIFY_SOCKET", _folder.File("notify")));

        Assert.That((asked?.WatchdogInterval, another?.WatchdogInterval, none?.WatchdogInterval), Is.EqualTo(((TimeSpan?)TimeSpan.FromSeconds(15), (TimeSpan?)null, (TimeSpan?)null)));
    }

    [Test]
    public void Without_systemd_there_is_nobody_to_tell_and_a_dead_socket_is_a_warning()
    {
        Assert.That(Connect(), Is.Null);
        Assert.That(Connect(("NOTIFY_SOCKET", _folder.File("nobody"))), Is.Null);
        Assert.That(_log.Lines, Has.Exactly(1).Contains("NotNotified"));
    }

    private SystemdNotifier? Connect(params (string Name, string Value)[] variables) =>
        SystemdNotifier.Connect(name => variables.FirstOrDefault(variable => variable.Name == name).Value, _log.Log);

    private string Receive()
    {
        var buffer = new byte[200];
        return Encoding.UTF8.GetString(buffer, 0, _systemd.Receive(buffer));
    }
}

using System.Net;
using NocMonitor.Agent.Discovery;
using NocMonitor.Probes.Discovery;
using NocMonitor.Testing;

namespace NocMonitor.Agent.Tests.Discovery;

public class DiscoveryProgressTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly StringWriter _output = new();
    private TemporaryFolder _folder = null!;
    private DiscoveryJournal _journal = null!;

    [SetUp]
    public void Open()
    {
        _folder = new TemporaryFolder();
        _output.GetStringBuilder().Clear();
        _journal = DiscoveryJournal.Open(
            _folder.Path, new DiscoveryRequest(AddressSet.Parse(["10.0.0.0-10.0.3.231"], [], AddressSet.UsualMost, [])!, new DiscoveryOptions()), false, TimeSpan.FromDays(7), _time);
    }

    [TearDown]
    public void Close()
    {
        _journal.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void Without_a_terminal_each_tenth_is_a_plain_line()
    {
        Watch(isTerminal: false);
        for (var next = 1; next <= 500; next++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            _journal.Advanced(next);
        }

        Assert.That(_output.ToString().Split('\n')[..2], Is.EqualTo(new[] { "10 %, 100 of 1000 addresses, 0 found, about 2 min left", "20 %, 200 of 1000 addresses, 0 found, about 1 min left" }));
        Assert.That(_output.ToString(), Does.Not.Contain("\r"));
    }

    [Test]
    public void On_a_terminal_one_line_is_drawn_over_itself_some_times_a_second()
    {
        var progress = Watch(isTerminal: true);
        for (var next = 1; next <= 500; next++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            _journal.Advanced(next);
        }

        _journal.Found(new DiscoveredDevice(IPAddress.Loopback, new Dictionary<string, string>(), "", ""));
        progress.End();

        Assert.That(_output.ToString().Split('\r'), Has.Length.InRange(45, 60).And.All.Length.LessThan(81));
        Assert.That(_output.ToString(), Does.Match(@"\r\[############\.+\] 50 %, 500 of 1000 addresses, 1 found, about 5 s left *\n$"));
    }

    private DiscoveryProgress Watch(bool isTerminal)
    {
        var progress = new DiscoveryProgress(_output, isTerminal, 80, 1000, _journal, _time);
        _journal.Changed = progress.Show;
        return progress;
    }
}

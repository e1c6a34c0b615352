using NocMonitor.Probes.Targets;

namespace NocMonitor.Probes.Tests.Targets;

public class HostPortTests
{
    [TestCase("web01:80", "web01:80")]
    [TestCase("192.0.2.1:65535", "192.0.2.1:65535")]
    [TestCase("[2001:db8::1]:443", "[2001:db8::1]:443")]
    [TestCase("web01", "web01:53")]
    [TestCase("2001:db8::1", "[2001:db8::1]:53")]
    [TestCase("[::1]", "[::1]:53")]
    public void Host_and_port_are_told_apart(string text, string expected)
    {
        Assert.That(HostPort.TryParse(text, defaultPort: 53, out var target), Is.True);

        Assert.That(target.ToString(), Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase(":80")]
    [TestCase("web:")]
    [TestCase("web:0")]
    [TestCase("web:65536")]
    [TestCase("web:-1")]
    [TestCase("web: 80")]
    [TestCase("a b:80")]
    [TestCase("http://web:80")]
    [TestCase("[::1")]
    [TestCase("[::1]80")]
    [TestCase("[web]:80")]
    [TestCase("a:b:80")]
    public void What_is_neither_is_refused(string text) => Assert.That(HostPort.TryParse(text, defaultPort: 53, out _), Is.False);

    [Test]
    public void Without_a_default_the_port_is_required() => Assert.That(HostPort.TryParse("web01", defaultPort: 0, out _), Is.False);
}

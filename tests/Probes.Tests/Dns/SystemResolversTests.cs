using NocMonitor.Probes.Dns;

namespace NocMonitor.Probes.Tests.Dns;

public class SystemResolversTests
{
    [Test]
    public void Only_name_servers_count_each_once()
    {
        var servers = SystemResolvers.Parse(
        [
            "# nameserver 192.0.2.9", "search example.com", "nameserver 192.0.2.1", "nameserver\t2001:db8::1 # second", "nameserver 192.0.2.1",
            "nameserver not-an-address", "nameserver", "options edns0",
        ]);

        Assert.That(servers, Is.EqualTo(new[] { "192.0.2.1", "2001:db8::1" }));
    }

    [Test]
    public void Without_any_it_is_this_machine() => Assert.That(SystemResolvers.Parse([]), Is.EqualTo(new[] { "127.0.0.1" }));
}

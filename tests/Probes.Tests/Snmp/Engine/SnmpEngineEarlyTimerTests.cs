using NocMonitor.Configuration;
using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Testing.Snmp;

namespace NocMonitor.Probes.Tests.Snmp.Engine;

public class SnmpEngineEarlyTimerTests
{
    [Test, CancelAfter(10_000)]
    public async Task A_timer_that_fires_too_early_is_set_again(CancellationToken token)
    {
        var time = new EarlyTimeProvider();
        await using var simulator = new SnmpSimulator(time);
        await using var engine = new SnmpEngine(time, new SnmpSecurity(time));
        var peer = simulator.Add(SwitchRecording.Of(ports: 1), "secret");
        peer.Faults.Silent = true;
        var options = new SnmpRequestOptions { Timeout = TimeSpan.FromMilliseconds(50), Retries = 1 };
        var device = engine.Open(new SnmpTarget("switch", peer.EndPoint, new SnmpCredentials { Community = new Secret("secret") }, options));

        var answer = await device.GetAsync([Oid.Parse("1.3.6.1.2.1.1.5.0")], token);

        Assert.That(answer.Outcome, Is.EqualTo(SnmpOutcome.TimedOut));
    }
}

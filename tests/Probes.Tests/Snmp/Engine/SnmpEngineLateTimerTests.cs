using NocMonitor.Configuration;
using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Testing;
using NocMonitor.Testing.Snmp;

namespace NocMonitor.Probes.Tests.Snmp.Engine;

public class SnmpEngineLateTimerTests
{
    [Test, CancelAfter(10_000)]
    public async Task A_deadline_is_kept_though_the_thread_was_held_up_while_it_set_the_timer(CancellationToken token)
    {
        var clock = new ManualTimeProvider();
        var time = new HeldUpTimeProvider(clock, TimeSpan.FromMilliseconds(900));
        await using var simulator = new SnmpSimulator(clock);
        await using var engine = new SnmpEngine(time, new SnmpSecurity(clock));
        var peer = simulator.Add(SwitchRecording.Of(ports: 1), "secret");
        peer.Faults.Silent = true;
        var options = new SnmpRequestOptions { Timeout = TimeSpan.FromSeconds(1), Retries = 0 };
        var device = engine.Open(new SnmpTarget("switch", peer.EndPoint, new SnmpCredentials { Community = new Secret("secret") }, options));

        var asking = device.GetAsync([Oid.Parse("1.3.6.1.2.1.1.5.0")], token).AsTask();
        await time.TimerSet.WaitAsync(token);
        clock.Advance(TimeSpan.FromMilliseconds(120));
        var answer = await asking.WaitAsync(token);

        Assert.That(answer.Outcome, Is.EqualTo(SnmpOutcome.TimedOut));
    }
}

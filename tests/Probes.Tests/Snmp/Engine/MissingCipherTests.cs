using System.Net.Sockets;
using NocMonitor.Configuration;
using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Testing;
using NocMonitor.Testing.Snmp;
using CryptographicException = System.Security.Cryptography.CryptographicException;

namespace NocMonitor.Probes.Tests.Snmp.Engine;

/// <summary>A machine without an algorithm that credentials ask for, such as MD5 where only approved ones are allowed.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class MissingCipherTests
{
    private static readonly Oid[] Name = [Oid.Parse("1.3.6.1.2.1.1.5.0")];

    private readonly ManualTimeProvider _time = new();
    private readonly SnmpSimulator _simulator = new();
    private readonly SnmpLane _lane;

    public MissingCipherTests() => _lane = new SnmpLane(SnmpSockets.Open(AddressFamily.InterNetwork), _time);

    [TearDown]
    public async Task StopAsync()
    {
        await _lane.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    [TestCase(true, TestName = "It_is_told_when_the_request_is_written")]
    [TestCase(false, TestName = "And_when_the_answer_is_read")]
    [CancelAfter(30_000)]
    public async Task It_costs_the_devices_that_want_it_and_no_other(bool whenWriting, CancellationToken token)
    {
        var unable = Open(new UnableCodec(whenWriting));
        var able = Open(new CommunityCodec(SnmpVersion.V2c, "public"));

        var failed = await unable.GetAsync(Name, token);
        var answered = await able.GetAsync(Name, token);
        var again = await unable.GetAsync(Name, token);

        Assert.That((failed.Outcome, failed.Error), Is.EqualTo((SnmpOutcome.NotSent, "this machine cannot do what the credentials ask for: no such digest")));
        Assert.That((answered.Outcome, again.Outcome), Is.EqualTo((SnmpOutcome.Answered, SnmpOutcome.NotSent)));
    }

    private SnmpDevice Open(SnmpCodec codec)
    {
        var target = new SnmpTarget("device", _simulator.Add(SwitchRecording.Of(1)).EndPoint, new SnmpCredentials { Community = new Secret("public") }, new SnmpRequestOptions());
        var device = new SnmpDevice(target, codec, _lane, _time);
        _lane.Post(new LaneOrder(LaneOrderKind.Open, device, null, default));
        return device;
    }

    private sealed class UnableCodec(bool whenWriting) : SnmpCodec
    {
        private readonly CommunityCodec _inner = new(SnmpVersion.V2c, "public");

        public override SnmpVersion Version => SnmpVersion.V3;

        public override int WriteRequest(Span<byte> buffer, in Pdu request) =>
            whenWriting ? throw new CryptographicException("no such digest") : _inner.WriteRequest(buffer, request);

        public override SnmpOpening Open(Span<byte> datagram, out Pdu answer) => throw new CryptographicException("no such digest");
    }
}

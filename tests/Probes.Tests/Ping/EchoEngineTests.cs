using System.Net;
using System.Threading.Channels;
using NocMonitor.Probes.Ping;
using NocMonitor.Probes.Sockets;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Ping;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class EchoEngineTests
{
    private static readonly IPAddress Target = IPAddress.Parse("192.0.2.1");
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SecondLook = TimeSpan.FromMilliseconds(10);

    private readonly ManualTimeProvider _time = new();
    private readonly FakeIcmpSocket _network = new();
    private readonly Channel<EchoRequest> _done = Channel.CreateUnbounded<EchoRequest>();
    private readonly EchoEngine _engine;
    private CancellationToken _round;

    public EchoEngineTests() => _engine = _network.Engine(_time);

    [TearDown]
    public async Task StopAsync() => await _engine.DisposeAsync();

    [Test, CancelAfter(30_000)]
    public async Task A_reply_ends_its_request_with_the_time_it_took(CancellationToken token)
    {
        Submit();
        _time.Advance(TimeSpan.Zero);

        _time.Advance(TimeSpan.FromMilliseconds(7));
        _network.Deliver(_network.Sent[0].Reply);

        Assert.That(await NextAsync(token), Is.EqualTo("Reply 7 ms ttl 64"));
    }

    [Test, CancelAfter(30_000)]
    public async Task Time_that_a_reply_lay_unread_in_the_socket_is_not_the_networks(CancellationToken token)
    {
        Submit();
        _time.Advance(TimeSpan.Zero);

        _time.Advance(TimeSpan.FromMilliseconds(90));
        _network.Deliver(_network.Sent[0].Reply with { Unread = TimeSpan.FromMilliseconds(80) });

        Assert.That(await NextAsync(token), Is.EqualTo("Reply 10 ms ttl 64"));
    }

    [Test, CancelAfter(30_000)]
    public async Task No_reply_in_time_is_a_loss_after_a_second_look(CancellationToken token)
    {
        Submit();
        _time.Advance(Second);
        Assert.That(_done.Reader.Count, Is.Zero);

        _time.Advance(SecondLook);

        Assert.That(await NextAsync(token), Is.EqualTo("Lost"));
    }

    [Test, CancelAfter(30_000)]
    public async Task Forged_doubled_and_late_replies_change_nothing(CancellationToken token)
    {
        Submit();
        _time.Advance(TimeSpan.Zero);
        var reply = _network.Sent[0].Reply;

        _network.Deliver(reply with { Nonce = reply.Nonce + 1 });
        _network.Deliver(reply with { Index = reply.Index + 1 });
        _network.Deliver(reply with { Index = int.MaxValue });
        _network.Deliver(reply with { Sequence = 999 });
        _network.Deliver(reply);
        _network.Deliver(reply);
        var first = await NextAsync(token);
        Submit();
        _time.Advance(Second);
        _time.Advance(SecondLook);

        Assert.That((first, await NextAsync(token)), Is.EqualTo(("Reply 0 ms ttl 64", "Lost")));
    }

    [Test]
    public void Sending_is_paced_to_fifty_each_millisecond()
    {
        for (var i = 0; i < 1000; i++)
        {
            Submit();
        }

        var counts = new List<int>();
        for (var millisecond = 0; millisecond < 4; millisecond++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(millisecond == 0 ? 0 : 1));
            counts.Add(_network.Sent.Count);
        }

        Assert.That(counts, Is.EqualTo(new[] { 100, 150, 200, 250 }));
    }

    [Test, CancelAfter(60_000)]
    public async Task More_requests_than_sequence_numbers_are_told_apart(CancellationToken token)
    {
        const int requests = 70_000;
        for (var i = 0; i < requests; i++)
        {
            Submit(target: i, limit: TimeSpan.FromMinutes(1));
        }

        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(_network.Sent.Select(packet => packet.Sequence).Distinct().Count(), Is.EqualTo(1 << 16));
        foreach (var packet in _network.Sent)
        {
            _network.Deliver(packet.Reply);
        }

        var answered = new HashSet<int>();
        while (answered.Count < requests)
        {
            var request = await _done.Reader.ReadAsync(token);
            Assert.That((request.Outcome, answered.Add(request.Target)), Is.EqualTo((EchoOutcome.Reply, true)));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Nothing_is_lost_while_an_answer_may_lie_unread(CancellationToken token)
    {
        Submit();
        _time.Advance(TimeSpan.Zero);
        _network.HasUnread = true;

        _time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.That(_done.Reader.Count, Is.Zero);
        _network.Deliver(_network.Sent[0].Reply with { Unread = TimeSpan.FromSeconds(1.2) });

        Assert.That(await NextAsync(token), Is.EqualTo("Reply 300 ms ttl 64"));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_receiver_that_never_catches_up_is_the_agents_fault(CancellationToken token)
    {
        Submit();
        _network.HasUnread = true;

        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.That(await NextAsync(token), Is.EqualTo("Starved: this agent was too slow to read the answers; the loss does not count"));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_loss_while_the_agent_stood_still_does_not_count(CancellationToken token)
    {
        Submit();
        _time.Advance(TimeSpan.FromMilliseconds(50));

        _time.StandStill(TimeSpan.FromSeconds(3));
        _time.Advance(TimeSpan.Zero);
        _time.Advance(SecondLook);

        Assert.That(await NextAsync(token), Is.EqualTo("Starved: this agent stood still for 2s950ms; the loss does not count"));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_reply_after_a_standstill_counts_without_its_time(CancellationToken token)
    {
        Submit();
        _time.Advance(TimeSpan.Zero);

        _time.StandStill(TimeSpan.FromSeconds(3));
        _network.Deliver(_network.Sent[0].Reply);

        Assert.That(await NextAsync(token), Is.EqualTo("Reply ? ttl 64"));
    }

    [Test, CancelAfter(30_000)]
    public async Task An_error_that_quotes_only_the_header_is_matched_by_sequence_and_destination(CancellationToken token)
    {
        Submit();
        _time.Advance(TimeSpan.Zero);
        var quoted = new EchoAnswer { Sequence = _network.Sent[0].Sequence, Index = -1, Error = "host unreachable" };

        _network.Deliver(quoted with { Destination = IPAddress.Parse("192.0.2.99") });
        _network.Deliver(quoted with { Destination = Target });

        Assert.That(await NextAsync(token), Is.EqualTo("Unreachable: host unreachable"));
        Assert.That(_done.Reader.Count, Is.Zero);
    }

    [Test, CancelAfter(30_000)]
    public async Task A_full_send_buffer_only_delays(CancellationToken token)
    {
        _network.SendErrors.Enqueue(LinuxSocketCalls.EAgain);
        _network.SendErrors.Enqueue(LinuxSocketCalls.ENoBufs);
        _network.Echoes = true;

        Submit();
        _time.Advance(TimeSpan.FromMilliseconds(10));

        Assert.That(await NextAsync(token), Does.StartWith("Reply"));
    }

    [TestCase(LinuxSocketCalls.ENetUnreach, "Unreachable: network unreachable")]
    [TestCase(LinuxSocketCalls.EPerm, "NotSent: a packet filter on this machine forbids it")]
    [TestCase(77, "NotSent: sending failed (error 77)")]
    [CancelAfter(30_000)]
    public async Task What_the_system_refuses_to_send_says_why(int error, string expected, CancellationToken token)
    {
        _network.SendErrors.Enqueue(error);

        Submit();
        _time.Advance(TimeSpan.Zero);

        Assert.That(await NextAsync(token), Is.EqualTo(expected));
    }

    [Test]
    public void A_request_withdrawn_before_its_time_is_not_sent()
    {
        using var round = new CancellationTokenSource();
        _round = round.Token;
        Submit();
        round.Cancel();

        _time.Advance(Second);

        Assert.That(_network.Sent, Is.Empty);
    }

    [Test, CancelAfter(30_000)]
    public async Task Without_a_socket_every_request_says_why(CancellationToken token)
    {
        await using var engine = new EchoEngine(_time, pump => FakeIcmpSocket.Timer(_time, pump), (_, _) => EchoLane.Refused(EchoEngines.NoRights));

        engine.Submit(new EchoRequest(Target, _done.Writer) { DueAt = _time.GetTimestamp() });
        _time.Advance(TimeSpan.Zero);

        Assert.That(await NextAsync(token), Is.EqualTo($"NotSent: {EchoEngines.NoRights}"));
        Assert.That(EchoEngines.NoRights, Does.Contain("net.ipv4.ping_group_range").And.Contain("CAP_NET_RAW"));
    }

    private void Submit(int target = 0, TimeSpan? limit = null) => _engine.Submit(new EchoRequest(Target, _done.Writer)
    {
        Target = target,
        DueAt = _time.GetTimestamp(),
        TimeLimit = (limit ?? Second).Ticks,
        Token = _round,
    });

    private async Task<string> NextAsync(CancellationToken token)
    {
        var request = await _done.Reader.ReadAsync(token);
        var time = request.RoundTrip is { } ticks ? $"{TimeSpan.FromTicks(ticks).TotalMilliseconds} ms" : "?";
        return request.Outcome == EchoOutcome.Reply ? $"Reply {time} ttl {request.Ttl}"
            : request.Reason.Length > 0 ? $"{request.Outcome}: {request.Reason}" : $"{request.Outcome}";
    }
}

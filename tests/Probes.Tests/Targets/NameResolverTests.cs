using System.Net;
using System.Net.Sockets;
using NocMonitor.Probes.Targets;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Targets;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class NameResolverTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly ManualTimeProvider _time = new();
    private Func<string, IPAddress[]> _system = _ => [];
    private int _asked;

    [Test, CancelAfter(30_000)]
    public async Task An_answer_stays_for_a_minute_and_is_renewed_behind_the_next_caller(CancellationToken token)
    {
        using var names = Resolver();
        var gate = new ManualResetEventSlim();
        _system = _ => [IPAddress.Parse("192.0.2.1")];
        await FindAsync(names, token);

        _system = _ =>
        {
            gate.Wait(CancellationToken.None);
            return [IPAddress.Parse("192.0.2.2")];
        };
        var soon = await FindAsync(names, token);
        var askedSoon = _asked;
        _time.Advance(TimeSpan.FromSeconds(61));
        var stale = await FindAsync(names, token);
        gate.Set();
        _time.Advance(TimeSpan.FromMinutes(2));
        var renewed = await FindAsync(names, token);

        Assert.That((soon, askedSoon, stale, renewed), Is.EqualTo(("192.0.2.1", 1, "192.0.2.1", "192.0.2.2")));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_long_forgotten_answer_is_asked_for_anew(CancellationToken token)
    {
        using var names = Resolver();
        _system = _ => [IPAddress.Parse("192.0.2.1")];
        await FindAsync(names, token);
        _system = _ => [IPAddress.Parse("192.0.2.2")];

        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.That(await FindAsync(names, token), Is.EqualTo("192.0.2.2"));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_dead_resolver_costs_a_caller_its_limit_and_addresses_nothing(CancellationToken token)
    {
        using var names = Resolver();
        var hung = new ManualResetEventSlim();
        _system = _ =>
        {
            hung.Wait(CancellationToken.None);
            return [];
        };

        var name = names.FindAsync("web", IpFamily.Any, Limit, token).AsTask();
        var address = await names.FindAsync("2001:db8::7", IpFamily.Any, Limit, token);
        await _time.TimerSetAsync(token);
        _time.Advance(Limit);
        var failed = await name;
        hung.Set();

        Assert.That(address.Addresses.Single(), Is.EqualTo(IPAddress.Parse("2001:db8::7")));
        Assert.That((failed.Found, failed.Error), Is.EqualTo((false, "web was not resolved within 2s")));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_failing_resolver_leaves_the_last_addresses_in_use_until_it_says_that_the_name_is_gone(CancellationToken token)
    {
        using var names = Resolver();
        _system = _ => [IPAddress.Parse("192.0.2.1")];
        await FindAsync(names, token);

        _system = _ => throw new SocketException((int)SocketError.TryAgain);
        _time.Advance(TimeSpan.FromMinutes(5));
        var whileFailing = await FindAsync(names, token);
        _system = _ => throw new SocketException((int)SocketError.HostNotFound);
        _time.Advance(TimeSpan.FromMinutes(5));
        var gone = await FindAsync(names, token);

        Assert.That((whileFailing, gone), Is.EqualTo(("192.0.2.1", "web is not known to the resolver")));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_thousand_names_are_looked_up_on_eight_threads(CancellationToken token)
    {
        using var names = Resolver();
        var now = 0;
        var most = 0;
        _system = _ =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref now));
            Thread.SpinWait(1000);
            Interlocked.Decrement(ref now);
            return [IPAddress.Loopback];
        };

        var lookups = Enumerable.Range(0, 1000).Select(i => names.FindAsync($"host{i}", IpFamily.Any, Limit, token).AsTask());
        var found = await Task.WhenAll(lookups);

        Assert.That(found.All(lookup => lookup.Found), Is.True);
        Assert.That(_asked, Is.EqualTo(1000));
        Assert.That(most, Is.LessThanOrEqualTo(8));
    }

    [Test, CancelAfter(30_000)]
    public async Task One_name_asked_for_by_many_is_looked_up_once(CancellationToken token)
    {
        using var names = Resolver();
        var gate = new ManualResetEventSlim();
        _system = _ =>
        {
            gate.Wait(CancellationToken.None);
            return [IPAddress.Loopback];
        };

        var lookups = Enumerable.Range(0, 50).Select(_ => FindAsync(names, token)).ToArray();
        gate.Set();

        Assert.That(await Task.WhenAll(lookups), Is.All.EqualTo("127.0.0.1"));
        Assert.That(_asked, Is.EqualTo(1));
    }

    private NameResolver Resolver() => new(_time, name =>
    {
        Interlocked.Increment(ref _asked);
        return _system(name);
    });

    private static async Task<string> FindAsync(NameResolver names, CancellationToken token)
    {
        var lookup = await names.FindAsync("web", IpFamily.Any, Limit, token);
        return lookup.Found ? lookup.Addresses[0].ToString() : lookup.Error;
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen;)
        {
            seen = Interlocked.CompareExchange(ref target, value, seen) is var found && found == seen ? value : found;
        }
    }
}

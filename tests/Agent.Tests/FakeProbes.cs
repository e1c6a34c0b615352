using System.Threading.Channels;
using NocMonitor.Agent.Settings;
using NocMonitor.Configuration;
using NocMonitor.LineProtocol;
using NocMonitor.Probes;
using NocMonitor.Testing;

namespace NocMonitor.Agent.Tests;

/// <summary>A probe whose rounds the test plays: each round is announced and does what the test says.</summary>
internal sealed class FakeProbe(Func<int, IPointSink, CancellationToken, Task> round) : IProbe, IDisposable
{
    private readonly Channel<int> _rounds = Channel.CreateUnbounded<int>();
    private int _count;

    public int Rounds => Volatile.Read(ref _count);

    public bool IsDisposed { get; private set; }

    public static FakeProbe Counting() => new((number, points, _) =>
    {
        points.Add(new Point("fake").Field("round", (long)number));
        return Task.CompletedTask;
    });

    public async ValueTask ProbeAsync(IPointSink points, CancellationToken token)
    {
        var number = Interlocked.Increment(ref _count);
        await _rounds.Writer.WriteAsync(number, CancellationToken.None);
        await round(number, points, token);
    }

    /// <summary>The number of the next round, once it has begun.</summary>
    public async Task<int> NextRoundAsync() => await Eventually.Async(_rounds.Reader.ReadAsync());

    public void Dispose() => IsDisposed = true;
}

/// <summary>Entries as the configuration would give them.</summary>
internal static class SomeProbe
{
    public static ProbeEntry Entry(string name, IProbe probe, int intervalSeconds = 10, string fingerprint = "", int? limitSeconds = null) =>
        Entry(name, _ => probe, intervalSeconds, fingerprint, limitSeconds);

    public static ProbeEntry Entry(
        string name, Func<ProbeContext, IProbe> create, int intervalSeconds = 10, string fingerprint = "", int? limitSeconds = null) => new()
        {
            Type = "fake",
            Name = name,
            Interval = TimeSpan.FromSeconds(intervalSeconds),
            TimeLimit = TimeSpan.FromSeconds(limitSeconds ?? intervalSeconds),
            Tags = new Dictionary<string, string>(),
            Enabled = true,
            Create = create,
            Fingerprint = fingerprint,
            Place = new ConfigPlace("test.json", 1, 1),
        };
}

using System.Net;
using System.Net.Sockets;
using NocMonitor.Configuration;

namespace NocMonitor.Probes.Targets;

/// <summary>
/// Addresses of host names for all network probes of an agent, by the system's own resolver (hosts file included). The system's call blocks and
/// knows no time limit, so it runs on at most eight threads of its own that end when nothing is left to look up: a dead resolver holds up
/// neither the thread pool nor a caller, who waits for its own limit only. An answer counts as fresh for a minute, then the next caller still gets it
/// while it is looked up again. When the resolver fails for a while the last known addresses stay in use; when it says that the name is
/// gone, it is gone. One lock guards all state; lookups run outside it. Safe for concurrent use.
/// </summary>
public sealed class NameResolver(TimeProvider time, Func<string, IPAddress[]> lookUp) : IDisposable
{
    private const int MostThreads = 8;
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FailureFresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, KnownName> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<KnownName> _queue = new();
    private long _lastSweep = time.GetTimestamp();
    private int _threads;
    private bool _disposed;

    public NameResolver(TimeProvider time)
        : this(time, System.Net.Dns.GetHostAddresses)
    {
    }

    /// <summary>The addresses of a name, or of an address written as text. Never throws for a name that cannot be resolved.</summary>
    /// <param name="limit">How long to wait for the resolver when nothing fresh is known.</param>
    public async ValueTask<NameLookup> FindAsync(string host, IpFamily family, TimeSpan limit, CancellationToken token)
    {
        if (IPAddress.TryParse(host, out var address))
        {
            return NameLookup.Of(address).Only(family);
        }

        var (known, pending) = Ask(host);
        if (pending is null)
        {
            return known.Only(family);
        }

        try
        {
            return (await pending.WaitAsync(limit, time, token)).Only(family);
        }
        catch (TimeoutException)
        {
            return known.Found ? known.Only(family) : NameLookup.Failed($"{host} was not resolved within {Duration.Format(limit)}");
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _queue.Clear();
        }
    }

    /// <summary>What is known, and a lookup to wait for when that is nothing or too old to use without asking.</summary>
    private (NameLookup Known, Task<NameLookup>? Pending) Ask(string host)
    {
        lock (_lock)
        {
            SweepLocked();
            if (!_names.TryGetValue(host, out var name))
            {
                name = new KnownName(host);
                _names.Add(host, name);
            }

            var now = time.GetTimestamp();
            name.AskedAt = now;
            var fresh = name.Known.Found && !name.IsFailing ? Fresh : FailureFresh;
            var age = name.LookedUpAt is { } at ? time.GetElapsedTime(at, now) : TimeSpan.MaxValue;
            if (age < fresh)
            {
                return (name.Known, null);
            }

            StartLocked(name);
            return (name.Known, name.Known.Found && age < 2 * Fresh ? null : name.Pending?.Task);
        }
    }

    private void StartLocked(KnownName name)
    {
        if (name.Pending is not null || _disposed)
        {
            return;
        }

        name.Pending = new TaskCompletionSource<NameLookup>(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Enqueue(name);
        if (_threads < MostThreads)
        {
            _threads++;
            new Thread(LookUpQueued) { IsBackground = true, Name = "name lookup" }.Start();
        }
    }

    private void LookUpQueued()
    {
        while (Next() is { } name)
        {
            var (answer, definite) = LookUp(name.Host);
            Keep(name, answer, definite);
        }
    }

    private KnownName? Next()
    {
        lock (_lock)
        {
            if (_queue.TryDequeue(out var name))
            {
                return name;
            }

            _threads--;
            return null;
        }
    }

    private (NameLookup Answer, bool Definite) LookUp(string host)
    {
        try
        {
            var addresses = lookUp(host);
            return (addresses.Length > 0 ? NameLookup.Of(addresses) : NameLookup.Failed($"{host} has no address"), true);
        }
        catch (SocketException exception)
        {
            var definite = exception.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData;
            return (NameLookup.Failed(definite ? $"{host} is not known to the resolver" : $"the resolver failed for {host}: {exception.Message}"), definite);
        }
        catch (ArgumentException)
        {
            return (NameLookup.Failed($"{host} is not a valid host name"), true);
        }
    }

    private void Keep(KnownName name, NameLookup answer, bool definite)
    {
        TaskCompletionSource<NameLookup>? pending;
        lock (_lock)
        {
            if (definite || !name.Known.Found)
            {
                name.Known = answer;
            }

            name.IsFailing = !definite;
            name.LookedUpAt = time.GetTimestamp();
            (pending, name.Pending) = (name.Pending, null);
            answer = name.Known;
        }

        pending?.SetResult(answer);
    }

    private void SweepLocked()
    {
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(_lastSweep, now) < ForgottenAfter)
        {
            return;
        }

        _lastSweep = now;
        foreach (var name in _names.Values.Where(name => name.Pending is null && time.GetElapsedTime(name.AskedAt, now) >= ForgottenAfter).ToArray())
        {
            _names.Remove(name.Host);
        }
    }

    /// <summary>One name; every mutable member belongs to the resolver's lock.</summary>
    private sealed class KnownName(string host)
    {
        public string Host => host;

        public NameLookup Known { get; set; } = NameLookup.Failed($"{host} has not been looked up");

        public long? LookedUpAt { get; set; }

        /// <summary>True while the resolver itself fails: then it is asked again sooner.</summary>
        public bool IsFailing { get; set; }

        public long AskedAt { get; set; }

        public TaskCompletionSource<NameLookup>? Pending { get; set; }
    }
}

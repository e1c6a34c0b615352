using Microsoft.Extensions.Logging;
using NocMonitor.Probes.Targets;

namespace NocMonitor.Probes;

/// <summary>
/// What all probes of one agent share. The agent makes one, hands it to every probe and disposes it after the last of them. What probes
/// share beyond that (a socket for all pings, the names' addresses) is made at first use through <see cref="Shared{T}"/> and is disposed with
/// the context, the newest first. Safe for concurrent use.
/// </summary>
/// <param name="time">The only clock.</param>
/// <param name="hostName">The name this machine reports as <c>host</c>.</param>
/// <param name="logs">Makes the probes' loggers.</param>
public sealed class ProbeContext(TimeProvider time, string hostName, ILoggerFactory logs) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Type, object> _shared = [];
    private readonly Stack<object> _made = new();

    public TimeProvider Time => time;

    public string HostName => hostName;

    public ILoggerFactory Logs => logs;

    /// <summary>The agent's folder for what must outlive it; null when nothing does, as in a single run from the command line.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Addresses of host names for every network probe, cached and refreshed.</summary>
    public NameResolver Names => Shared(static context => new NameResolver(context.Time));

    /// <summary>The one <typeparamref name="T"/> of this agent; <paramref name="create"/> runs once, when it is first asked for.</summary>
    public T Shared<T>(Func<ProbeContext, T> create)
        where T : class
    {
        lock (_lock)
        {
            if (!_shared.TryGetValue(typeof(T), out var found))
            {
                found = create(this);
                _shared.Add(typeof(T), found);
                _made.Push(found);
            }

            return (T)found;
        }
    }

    /// <summary>The one <typeparamref name="T"/> of this agent when a probe has asked for it already; null when none has.</summary>
    public T? Find<T>()
        where T : class
    {
        lock (_lock)
        {
            return (T?)_shared.GetValueOrDefault(typeof(T));
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (NextToDispose() is { } resource)
        {
            switch (resource)
            {
                case IAsyncDisposable disposable:
                    await disposable.DisposeAsync();
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
            }
        }
    }

    private object? NextToDispose()
    {
        lock (_lock)
        {
            _shared.Clear();
            return _made.TryPop(out var resource) ? resource : null;
        }
    }
}

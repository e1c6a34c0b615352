using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>
/// One device to ask, with all that is learnt about it. Callers on any thread ask; the lane's thread drives and owns it. Closing it ends what waits for it.
/// </summary>
public sealed class SnmpDevice : IDisposable
{
    private const double AssumedBytesOfScalar = 40;

    private readonly SnmpLane _lane;
    private readonly TimeProvider _time;

    // The lane's thread's.
    private readonly List<SnmpOperation> _operations = [];
    private int _next;

    internal SnmpDevice(SnmpTarget target, SnmpCodec codec, SnmpLane lane, TimeProvider time)
    {
        Target = target;
        Codec = codec;
        Address = PeerKey.Serialize(target.EndPoint);
        Key = PeerKey.Of(Address);
        _lane = lane;
        _time = time;
        Bulk = new BulkPolicy(codec.Version != SnmpVersion.V1, target.Options.MessageSize, target.Options.MaxRepetitions);
        GetLimit = new VarbindLimit(target.Options.MessageSize, AssumedBytesOfScalar);
    }

    public SnmpTarget Target { get; }

    /// <summary>Another device with the same engine id of version 3, which the standard forbids; null when there is none.</summary>
    public string? EngineIdSharedWith => Codec.EngineIdSharedWith;

    internal SnmpCodec Codec { get; }

    /// <summary>The target's address as the system calls take it.</summary>
    internal byte[] Address { get; }

    internal PeerKey Key { get; }

    internal BulkPolicy Bulk { get; }

    internal VarbindLimit GetLimit { get; }

    internal TableMemories Tables { get; } = new();

    /// <summary>Its requests on their way, one or two.</summary>
    internal List<PendingRequest> InFlight { get; } = [];

    internal bool IsClosed { get; set; }

    /// <summary>It waits for room in the lane's window.</summary>
    internal bool IsWaiting { get; set; }

    internal bool HasRoom => !IsClosed && InFlight.Count < Target.Options.InFlight;

    /// <summary>Asks for the values of these names, in as few requests as their size allows. Whatever the device does is in the answer; only cancelling throws.</summary>
    public ValueTask<SnmpAnswer> GetAsync(IReadOnlyList<Oid> names, CancellationToken token)
    {
        if (names.Count == 0)
        {
            return ValueTask.FromResult(new SnmpAnswer(SnmpOutcome.Answered, "", [], [], default));
        }

        var operation = new GetOperation(this, _time, names);
        return new ValueTask<SnmpAnswer>(RunAsync(operation, operation.Result, token));
    }

    /// <summary>
    /// Walks columns of tables side by side, as many in one request as its size allows; what they hold goes to the sink. Whatever the device does is in the
    /// result; only cancelling throws, and what the sink throws.
    /// </summary>
    public ValueTask<WalkResult> WalkAsync(IReadOnlyList<Oid> columns, IWalkSink sink, WalkLimits limits, CancellationToken token)
    {
        if (columns.Count == 0)
        {
            return ValueTask.FromResult(new WalkResult(SnmpOutcome.Answered, "", [], default));
        }

        var operation = new WalkOperation(this, _time, columns, sink, limits);
        return new ValueTask<WalkResult>(RunAsync(operation, operation.Result, token));
    }

    public void Dispose() => _lane.Post(new LaneOrder(LaneOrderKind.Close, this, null, default));

    internal void Add(SnmpOperation operation) => _operations.Add(operation);

    internal void Remove(SnmpOperation operation) => _operations.Remove(operation);

    internal IReadOnlyList<SnmpOperation> Operations => _operations;

    /// <summary>The operation whose turn it is: they take turns request by request, so that a Get does not wait for a long walk. Null when none has something to ask.</summary>
    internal SnmpOperation? NextToAsk()
    {
        for (var i = 0; i < _operations.Count; i++)
        {
            var operation = _operations[(_next + i) % _operations.Count];
            if (operation.HasMore)
            {
                _next = (_next + i + 1) % _operations.Count;
                return operation;
            }
        }

        return null;
    }

    private async Task<T> RunAsync<T>(SnmpOperation operation, Task<T> result, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        _lane.Post(new LaneOrder(LaneOrderKind.Begin, this, operation, default));
        if (!token.CanBeCanceled)
        {
            return await result.ConfigureAwait(false);
        }

        using (token.UnsafeRegister(
            static (state, cancelled) =>
            {
                var (device, operation) = ((SnmpDevice, SnmpOperation))state!;
                device._lane.Post(new LaneOrder(LaneOrderKind.Cancel, device, operation, cancelled));
            },
            (this, operation)))
        {
            return await result.ConfigureAwait(false);
        }
    }
}

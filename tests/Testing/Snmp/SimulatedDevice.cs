using System.Net;
using System.Threading.Channels;

namespace NocMonitor.Testing.Snmp;

/// <summary>
/// One device of a simulator: what it knows, how it changes with time and how it misbehaves. The simulator's thread answers; tests change faults and values at any time:
/// the view is exchanged as a whole.
/// </summary>
public sealed partial class SimulatedDevice
{
    private const int TooBig = 1;
    private const int NoSuchName = 2;
    private const int GenErr = 5;
    private const int ErrorRoom = 64;
    private const int MostRemembered = 10_000;

    private static readonly byte[] NoSuchObject = [0x80, 0];
    private static readonly byte[] NoSuchInstance = [0x81, 0];
    private static readonly byte[] EndOfMibView = [0x82, 0];

    private readonly Random _random = new(1);
    private readonly Channel<SeenRequest> _seen = Channel.CreateBounded<SeenRequest>(
        new BoundedChannelOptions(MostRemembered) { FullMode = BoundedChannelFullMode.DropOldest });

    private volatile MibView _view;
    private long _asked;

    internal SimulatedDevice(IPEndPoint endPoint, string? community, SnmpRecording recording, TimeProvider time)
    {
        EndPoint = endPoint;
        Community = community;
        _time = time;
        _view = new MibView(recording.Objects);
    }

    /// <summary>Where it is asked.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>The only community it answers to; null when it answers to any.</summary>
    public string? Community { get; }

    public DeviceFaults Faults { get; } = new();

    /// <summary>Whether requests are kept for <see cref="NextRequestAsync"/>; a load test leaves this off.</summary>
    public bool Remembers { get; set; } = true;

    /// <summary>How many requests came, answered or not.</summary>
    public long Asked => Volatile.Read(ref _asked);

    /// <summary>Waits for one more request than were waited for before.</summary>
    public ValueTask<SeenRequest> NextRequestAsync(CancellationToken token = default) => _seen.Reader.ReadAsync(token);

    /// <summary>Takes the next request that came already; null when none waits.</summary>
    public SeenRequest? TakeRequest() => _seen.Reader.TryRead(out var seen) ? seen : null;

    /// <summary>Writes the answer's PDU; false for a request that stays unanswered.</summary>
    /// <param name="delay">When it is to be sent.</param>
    internal bool Answer(in SnmpRequest request, AnswerBuffer answer, out TimeSpan delay)
    {
        delay = Faults.Delay;
        var count = Interlocked.Increment(ref _asked);
        if (Faults.Silent || IsLost(count) || (request.Type == SnmpRequest.GetBulk && (request.Version == 0 || Faults.SilentOnBulk)))
        {
            return false;
        }

        answer.Clear();
        var (status, index) = Fill(request, answer, ref delay);
        if (status != 0)
        {
            answer.Clear();
            answer.Append(status == TooBig && request.Version > 0 ? [] : request.Varbinds);
        }

        answer.WritePdu(SnmpRequest.Response, request.Id + (Faults.WrongRequestId ? 1 : 0), status, index);
        return true;
    }

    /// <summary>Lets tests see the request: before its answer goes out, but after the timer of a delayed answer is set.</summary>
    internal void Remember(in SnmpRequest request)
    {
        if (Remembers)
        {
            _seen.Writer.TryWrite(SeenRequest.Of(request));
        }
    }

    private bool IsLost(long count) =>
        (Faults.LosesEvery > 0 && count % Faults.LosesEvery == 0) || (Faults.Loss > 0 && _random.NextDouble() < Faults.Loss);

    private (int Status, int Index) Fill(in SnmpRequest request, AnswerBuffer answer, ref TimeSpan delay)
    {
        if (Faults.NothingInside)
        {
            return default;
        }

        if (request.Type == SnmpRequest.GetBulk)
        {
            return Faults.GenErrOnBulk ? (GenErr, 0) : FillBulk(request, answer, ref delay);
        }

        var view = _view;
        var varbinds = request.Varbinds;
        for (var index = 1; SnmpRequest.TakeName(ref varbinds, out var name); index++)
        {
            var found = request.Type == SnmpRequest.Get ? Get(view, name) : new MibCursor(view, Faults, name, request.Version == 0).Step();
            var status = Put(request, found, name, answer, ref delay);
            if (status != 0)
            {
                return (status, status == TooBig ? 0 : index);
            }
        }

        return answer.Length + ErrorRoom > TooBigLimit ? (TooBig, 0) : default;
    }

    private int TooBigLimit => Faults.TooBigAbove > 0 ? Faults.TooBigAbove : AnswerBuffer.LargestMessage;

    private static MibObject? Get(MibView view, ReadOnlySpan<byte> name) => view.Find(name) is var at and >= 0 ? view.Objects[at] : null;

    private int Put(in SnmpRequest request, MibObject? found, ReadOnlySpan<byte> name, AnswerBuffer answer, ref TimeSpan delay)
    {
        if (found is null || (request.Version == 0 && found.Tag == Ber.Counter64))
        {
            if (request.Version == 0)
            {
                return NoSuchName;
            }

            var missing = request.Type == SnmpRequest.GetNext ? EndOfMibView : IsKnownObject(name) ? NoSuchInstance : NoSuchObject;
            answer.Append(Ber.Varbind(name, missing[0], []));
            return 0;
        }

        if (Faults.GenErrUnder is { } broken && MibCursor.IsUnder(found.Name, broken))
        {
            return GenErr;
        }

        delay += found.Delay;
        answer.Append(found.Encode());
        return 0;
    }

    /// <summary>Whether there is another instance of the same object: the same name but for its last arc.</summary>
    private bool IsKnownObject(ReadOnlySpan<byte> name)
    {
        var end = name.Length - 1;
        while (end > 0 && name[end - 1] >= 0x80)
        {
            end--;
        }

        var view = _view;
        var at = view.After(name[..Math.Max(end, 0)]);
        return at < view.Objects.Length && view.Objects[at].Name.AsSpan().StartsWith(name[..Math.Max(end, 0)]);
    }
}

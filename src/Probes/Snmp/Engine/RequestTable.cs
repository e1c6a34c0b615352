namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>
/// The requests on their way, found by request-id: its lower half is a slot, the rest counts the slot's uses, so that an answer to an earlier use is told from the
/// answer waited for. Ids are positive, since some devices take them for signed and some for unsigned. The lane's thread owns it.
/// </summary>
internal sealed class RequestTable(Random random)
{
    public const int SlotBits = 16;
    private const int Slots = 1 << SlotBits;
    private const int Generations = 1 << (31 - SlotBits);
    private const int Remembered = 256;

    private readonly List<PendingRequest> _slots = [];
    private readonly Queue<PendingRequest> _free = new();

    public int Count { get; private set; }

    public bool IsFull => Count == Slots;

    /// <summary>A free request. Slots that were free longest come first, so that a late answer finds its slot unused.</summary>
    public PendingRequest Rent(SnmpOperation operation)
    {
        if (!_free.TryDequeue(out var request))
        {
            request = new PendingRequest(_slots.Count, random.Next(1, Generations));
            _slots.Add(request);
        }

        Count++;
        request.Begin(operation);
        return request;
    }

    public void Return(PendingRequest request)
    {
        Count--;
        request.Operation = null;
        request.Generation = Next(request.Generation);
        _free.Enqueue(request);
    }

    /// <summary>The request of this id; null when there is none.</summary>
    /// <param name="wasAsked">When there is none: whether this id was in use not long ago.</param>
    public PendingRequest? Find(int id, out bool wasAsked)
    {
        wasAsked = false;
        var slot = id & (Slots - 1);
        if (id < 0 || slot >= _slots.Count)
        {
            return null;
        }

        var request = _slots[slot];
        if (request.Id == id && request.Operation is not null)
        {
            return request;
        }

        var age = (request.Generation - (id >> SlotBits) + Generations) % Generations;
        wasAsked = age is > 0 and < Remembered;
        return null;
    }

    /// <summary>0 is left out: an id of 0 in slot 0 looks like one that was never set.</summary>
    private static int Next(int generation) => generation + 1 == Generations ? 1 : generation + 1;
}

namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>
/// Bounds the answers that may come at once, so that the socket's buffer holds them: only so many requests may have been sent within the last moment without being answered.
/// A request that is older counts no more, answered or not: dead and slow devices do not use the window up. The lane's thread owns it.
/// </summary>
/// <param name="size">Requests.</param>
/// <param name="moment">Timestamp ticks.</param>
internal sealed class SendWindow(int size, long moment)
{
    private readonly Queue<(PendingRequest Request, int Id, long SentAt)> _sent = new();
    private int _young;

    public bool HasRoom => _young < size;

    /// <summary>When there will be room at the latest.</summary>
    public long RoomAt => _sent.TryPeek(out var oldest) ? oldest.SentAt + moment : long.MinValue;

    public void Add(PendingRequest request, long now)
    {
        request.IsYoung = true;
        _young++;
        _sent.Enqueue((request, request.Id, now));
    }

    /// <summary>The request was answered or given up.</summary>
    public void Remove(PendingRequest request)
    {
        if (request.IsYoung)
        {
            request.IsYoung = false;
            _young--;
        }
    }

    public void Age(long now)
    {
        while (_sent.TryPeek(out var oldest))
        {
            var (request, id, sentAt) = oldest;
            var isYoung = request.Id == id && request.IsYoung;
            if (isYoung && now - sentAt < moment)
            {
                return;
            }

            _sent.Dequeue();
            if (isYoung)
            {
                Remove(request);
            }
        }
    }
}

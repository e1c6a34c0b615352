using System.Collections.Concurrent;

namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>
/// One address family's socket with its thread, its devices and their requests. The thread alone receives, sends, keeps time and touches devices, operations and requests, so
/// that nothing of it is locked; others post orders and wake it. Callers are woken on the thread pool.
/// </summary>
internal sealed partial class SnmpLane : IAsyncDisposable
{
    private const int TicksPerSecond = 100;
    private const int BytesPerAnswer = 4096;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);

    private readonly ISnmpSocket _socket;
    private readonly TimeProvider _time;
    private readonly Thread _thread;
    private readonly ITimer _timer;

    // Any thread's.
    private readonly ConcurrentQueue<LaneOrder> _orders = new();
    private readonly LaneCounters _counters = new();
    private int _woken;
    private bool _timerFired;
    private volatile bool _ended;

    // The thread's.
    private readonly Dictionary<PeerKey, List<SnmpDevice>> _devices = [];
    private readonly RequestTable _table = new(new Random());
    private readonly TimerWheel _wheel;
    private readonly SendWindow _window;
    private readonly Queue<SnmpDevice> _waiting = new();
    private readonly List<WheelNode> _due = [];
    private long _armedFor = long.MaxValue;

    public SnmpLane(ISnmpSocket socket, TimeProvider time)
    {
        _socket = socket;
        _time = time;
        _wheel = new TimerWheel(time.TimestampFrequency / TicksPerSecond, time.GetTimestamp());
        _window = new SendWindow(Math.Clamp(socket.ReceiveBuffer / BytesPerAnswer, 32, 512), Ticks(Moment));
        _timer = time.CreateTimer(static lane => ((SnmpLane)lane!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _thread = new Thread(Run) { IsBackground = true, Name = "snmp" };
        _thread.Start();
    }

    public SnmpCounters Counters => _counters.Snapshot();

    public void Post(in LaneOrder order)
    {
        _orders.Enqueue(order);
        Wake();
        if (_ended)
        {
            CloseOrdered();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Stop();
        _socket.Wake();
        _thread.Join();
        // Waits for a callback that is running; none starts after it.
        await _timer.DisposeAsync();
        _socket.Dispose();
        CloseOrdered();
    }

    private void OnTimer()
    {
        Volatile.Write(ref _timerFired, true);
        Wake();
    }

    private void Wake()
    {
        if (!_ended && Interlocked.Exchange(ref _woken, 1) == 0)
        {
            _socket.Wake();
        }
    }

    private void Run()
    {
        while (_socket.Receive() is var count and >= 0)
        {
            // A full fence: an order that is posted while this write is still under way must be seen below, for its poster takes the thread for woken.
            Interlocked.Exchange(ref _woken, 0);
            for (var i = 0; i < count; i++)
            {
                Take(_socket.Datagram(i), _socket.Source(i));
            }

            ObeyOrders();
            Expire();
            SendWaiting();
            Arm();
        }

        _ended = true;
        foreach (var device in _devices.Values.SelectMany(devices => devices).ToList())
        {
            Close(device);
        }
    }

    private void ObeyOrders()
    {
        while (_orders.TryDequeue(out var order))
        {
            switch (order.Kind)
            {
                case LaneOrderKind.Open:
                    Open(order.Device);
                    break;
                case LaneOrderKind.Begin:
                    Begin(order.Device, order.Operation!);
                    break;
                case LaneOrderKind.Cancel when !order.Operation!.IsOver:
                    order.Operation.Cancel(order.Token);
                    Drop(order.Operation);
                    Pump(order.Device);
                    break;
                case LaneOrderKind.Close when !order.Device.IsClosed:
                    Close(order.Device);
                    break;
            }
        }
    }

    private void Open(SnmpDevice device)
    {
        if (!_devices.TryGetValue(device.Key, out var devices))
        {
            _devices.Add(device.Key, devices = []);
        }

        devices.Add(device);
    }

    private void Begin(SnmpDevice device, SnmpOperation operation)
    {
        if (device.IsClosed)
        {
            operation.Fail(SnmpOutcome.Closed, "the device was closed");
            return;
        }

        device.Add(operation);
        Pump(device);
    }

    private void Close(SnmpDevice device)
    {
        device.IsClosed = true;
        while (device.Operations.Count > 0)
        {
            Fail(device.Operations[0], SnmpOutcome.Closed, "the device was closed");
        }

        if (_devices.TryGetValue(device.Key, out var devices) && devices.Remove(device) && devices.Count == 0)
        {
            _devices.Remove(device.Key);
        }

        device.Codec.Dispose();
    }

    /// <summary>The thread has ended: what is still ordered is refused.</summary>
    private void CloseOrdered()
    {
        while (_orders.TryDequeue(out var order))
        {
            order.Operation?.Fail(SnmpOutcome.Closed, "the engine was closed");
            if (order.Kind == LaneOrderKind.Open)
            {
                order.Device.Codec.Dispose();
            }
        }
    }

    /// <summary>Sets the timer for the next deadline, unless it is set for an earlier time: most deadlines are over long before they are due.</summary>
    private void Arm()
    {
        var next = _wheel.NextLook;
        if (_waiting.Count > 0)
        {
            next = Math.Min(next, _window.RoomAt);
        }

        // A timer counts in milliseconds of another clock and may fire a little early: it is not set any more then, whatever it was set for.
        if (Interlocked.Exchange(ref _timerFired, false))
        {
            _armedFor = 0;
        }

        var now = _time.GetTimestamp();
        if (next == long.MaxValue || (next >= _armedFor && _armedFor > now))
        {
            return;
        }

        _armedFor = next;
        long seen;
        do
        {
            if (next <= now)
            {
                Wake();
                return;
            }

            // The timer counts from the moment it is set: a thread that was held up since it looked at the clock would set it late by that.
            seen = now;
            _timer.Change(Delay(next - now), Timeout.InfiniteTimeSpan);
            now = _time.GetTimestamp();
        }
        while (next <= now || now - seen > Ticks(Moment));
    }

    /// <summary>In whole milliseconds, rounded up: timers cut fractions off.</summary>
    private TimeSpan Delay(long ticks) => TimeSpan.FromMilliseconds(Math.Ceiling(ticks * 1000.0 / _time.TimestampFrequency));

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * _time.TimestampFrequency);
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace NocMonitor.Testing.Snmp;

/// <summary>
/// Many SNMP agents in one: each device is an address of 127.0.0.0/8, or a community, on one port. It serves recordings, changes with time and misbehaves as it is told. One thread
/// receives and answers; answers that are delayed are sent by the clock's timers. Devices may be added at any time.
/// </summary>
public sealed class SnmpSimulator : IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly AddressFamily _family;
    private readonly PacketSocket _socket;
    private readonly PacketSocket _otherSource;
    private readonly Thread _thread;
    private readonly AnswerBuffer _answer = new();
    private readonly ConcurrentDictionary<uint, SimulatedDevice> _byAddress = [];
    private readonly ConcurrentDictionary<string, SimulatedDevice> _byCommunity = [];
    private readonly ConcurrentDictionary<ITimer, byte> _delayed = [];
    private uint _added;

    public SnmpSimulator(TimeProvider? time = null, AddressFamily family = AddressFamily.InterNetwork)
    {
        _time = time ?? TimeProvider.System;
        _family = family;
        _socket = new PacketSocket(family);
        _otherSource = new PacketSocket(family);
        _thread = new Thread(Serve) { IsBackground = true, Name = "snmp simulator" };
        _thread.Start();
    }

    public int Port => _socket.Port;

    /// <summary>How many requests came that no device answers to.</summary>
    public long Unknown { get; private set; }

    /// <summary>A device at the next address: 127.1.0.1, 127.1.0.2 and so on.</summary>
    /// <param name="community">The only one it answers to; any when null.</param>
    public SimulatedDevice Add(SnmpRecording recording, string? community = null)
    {
        var index = Interlocked.Increment(ref _added) - 1;
        return Add(recording, new IPAddress([127, (byte)(1 + (index / 62_500)), (byte)(index / 250 % 250), (byte)((index % 250) + 1)]), community);
    }

    public SimulatedDevice Add(SnmpRecording recording, IPAddress address, string? community = null)
    {
        var device = new SimulatedDevice(new IPEndPoint(address, Port), community, recording, _time);
        _byAddress[MemoryMarshal.Read<uint>(address.GetAddressBytes())] = device;
        return device;
    }

    /// <summary>A device at any address without a device of its own, told by its community.</summary>
    public SimulatedDevice AddCommunity(SnmpRecording recording, string community)
    {
        var address = _family == AddressFamily.InterNetwork ? IPAddress.Loopback : IPAddress.IPv6Loopback;
        var device = new SimulatedDevice(new IPEndPoint(address, Port), community, recording, _time);
        _byCommunity[community] = device;
        return device;
    }

    public ValueTask DisposeAsync()
    {
        _socket.Stop();
        _thread.Join();
        foreach (var timer in _delayed.Keys)
        {
            timer.Dispose();
        }

        _socket.Dispose();
        _otherSource.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Serve()
    {
        while (_socket.Receive() is var count and > 0)
        {
            for (var i = 0; i < count; i++)
            {
                Answer(_socket.Request(i), _socket.Sender(i), _socket.Asked(i));
            }
        }
    }

    private void Answer(ReadOnlySpan<byte> datagram, ReadOnlySpan<byte> sender, uint asked)
    {
        if (!SnmpRequest.TryRead(datagram, out var request) || request.Version > 1 || Find(asked, request.Community) is not { } device)
        {
            Unknown++;
            return;
        }

        if (!device.Answer(request, _answer, out var delay))
        {
            device.Remember(request);
            return;
        }

        _answer.WriteMessage(request.Version, request.Community);
        Spoil(device.Faults);
        var socket = device.Faults.WrongSource ? _otherSource : _socket;
        if (delay > TimeSpan.Zero)
        {
            SendLater(socket, _answer.Written.ToArray(), sender.ToArray(), asked, delay, device.Faults.Duplicates);
            device.Remember(request);
            return;
        }

        device.Remember(request);
        Send(socket, _answer.Written, sender, asked, device.Faults.Duplicates);
    }

    private SimulatedDevice? Find(uint asked, ReadOnlySpan<byte> community)
    {
        if (_byAddress.TryGetValue(asked, out var device))
        {
            return device.Community is null || Encoding.UTF8.GetBytes(device.Community).AsSpan().SequenceEqual(community) ? device : null;
        }

        return _byCommunity.GetValueOrDefault(Encoding.UTF8.GetString(community));
    }

    private void Spoil(DeviceFaults faults)
    {
        if (faults.CutsAt > 0)
        {
            _answer.Cut(faults.CutsAt);
        }

        if (faults.Garbage)
        {
            new Random(_answer.Written.Length).NextBytes(_answer.Written);
        }
    }

    private static void Send(PacketSocket socket, ReadOnlySpan<byte> datagram, ReadOnlySpan<byte> to, uint from, int duplicates)
    {
        for (var i = 0; i <= duplicates; i++)
        {
            socket.Send(datagram, to, from);
        }
    }

    private void SendLater(PacketSocket socket, byte[] datagram, byte[] to, uint from, TimeSpan delay, int duplicates)
    {
        ITimer? timer = null;
        timer = _time.CreateTimer(_ =>
        {
            Send(socket, datagram, to, from, duplicates);
            _delayed.TryRemove(timer!, out var _);
            timer!.Dispose();
        }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _delayed[timer] = 0;
        timer.Change(delay, Timeout.InfiniteTimeSpan);
    }
}

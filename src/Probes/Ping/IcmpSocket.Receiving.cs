using System.Net;
using System.Runtime.InteropServices;
using NocMonitor.Probes.Sockets;
using static NocMonitor.Probes.Sockets.LinuxSocketCalls;

namespace NocMonitor.Probes.Ping;

/// <summary>The receiver's side: its thread alone uses these buffers.</summary>
internal sealed partial class IcmpSocket
{
    public const int BatchSize = 64;
    private const int ErrorHeader = 16;

    // Two IPv4 headers with options, two ICMP headers, index and nonce are 148 bytes; the rest of a packet does not matter.
    private const int MessageSize = 192;
    private const int GatherMilliseconds = 1;
    private static readonly TimeSpan LongestUnread = TimeSpan.FromSeconds(10);

    private readonly ReceiveBatch _batch;
    private readonly ReceiveBatch _errors;
    private bool _lastWasFull = true;

    /// <summary>
    /// After a batch that was not full it lets a millisecond's answers gather: waking up for each one costs as much as all else about it, and
    /// the kernel's stamp keeps the waiting out of the round-trip time.
    /// </summary>
    public unsafe int Receive(Span<EchoAnswer> answers)
    {
        if (!_lastWasFull)
        {
            Poll(null, 0, GatherMilliseconds);
        }

        var entry = new PollEntry { Socket = (int)_socket.Handle, Events = PollIn };
        while (!_stopped)
        {
            var ready = Poll(&entry, 1, -1);
            var count = ready > 0 && (entry.Returned & PollError) != 0 ? ReadErrors(answers) : 0;
            count += ready > 0 ? ReadMessages(answers[count..]) : 0;
            if (count > 0)
            {
                return count;
            }
        }

        return -1;
    }

    private int ReadMessages(Span<EchoAnswer> answers)
    {
        var received = _batch.Receive(_socket.SafeHandle, DoNotWait);
        _lastWasFull = received == BatchSize;
        var now = received > 0 ? _time.GetUtcNow() : default;
        var count = 0;
        for (var i = 0; i < received && count < answers.Length; i++)
        {
            var packet = _batch.Message(i);
            var message = _raw && !_v6 ? EchoMessage.SkipIPv4Header(packet) : packet;
            if (EchoMessage.TryRead(message, _v6, _identifier, out var answer))
            {
                answers[count++] = answer with { Ttl = ReadTtl(i, packet), Unread = ReadUnread(i, now), Error = Blame(answer.Error, _batch, i) };
            }
        }

        return count;
    }

    /// <summary>A datagram socket gets errors about its packets by way of the error queue, with the packet handed back.</summary>
    private int ReadErrors(Span<EchoAnswer> answers)
    {
        var count = 0;
        while (count < answers.Length / 2 && _errors.Receive(_socket.SafeHandle, ErrorQueue | DoNotWait) > 0)
        {
            var details = _errors.Control(0, _v6 ? IPv6Level : IPv4Level, _v6 ? IPv6ReceiveError : IPv4ReceiveError);
            if (details.Length >= ErrorHeader
                && IcmpReason.Of(_v6, details[5], details[6]) is { } reason
                && EchoMessage.TryReadRequest(_errors.Message(0), _v6, identifier: null, out var answer))
            {
                var offender = ReceiveBatch.ReadAddress(details[ErrorHeader..]);
                answers[count++] = answer with { Error = Blame(reason, offender), Destination = _errors.Peer(0) };
            }
        }

        return count;
    }

    private int ReadTtl(int index, ReadOnlySpan<byte> packet)
    {
        if (_raw && !_v6)
        {
            return packet[8];
        }

        var control = _v6 ? _batch.Control(index, IPv6Level, IPv6HopLimit) : _batch.Control(index, IPv4Level, IPv4Ttl);
        return control.Length >= sizeof(int) ? MemoryMarshal.Read<int>(control) : 0;
    }

    /// <summary>
    /// The kernel stamps the arrival by the wall clock; only the difference to that clock now is used, and it counts for nothing
    /// when a step of the clock made it absurd.
    /// </summary>
    private TimeSpan ReadUnread(int index, DateTimeOffset now)
    {
        var control = _batch.Control(index, SocketLevel, TimestampNs);
        if (control.Length < 16)
        {
            return TimeSpan.Zero;
        }

        var arrived = DateTimeOffset.UnixEpoch.Ticks + (MemoryMarshal.Read<long>(control) * TimeSpan.TicksPerSecond)
            + (MemoryMarshal.Read<long>(control[8..]) / TimeSpan.NanosecondsPerTick);
        var unread = new TimeSpan(now.UtcTicks - arrived);
        return unread < TimeSpan.Zero || unread > LongestUnread ? TimeSpan.Zero : unread;
    }

    private static string? Blame(string? reason, ReceiveBatch batch, int index) => reason is null ? null : Blame(reason, batch.Peer(index));

    private static string Blame(string reason, IPAddress? offender) => offender is null ? reason : $"{reason}, says {offender}";
}

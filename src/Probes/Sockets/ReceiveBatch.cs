using System.Net;
using System.Runtime.InteropServices;
using static NocMonitor.Probes.Sockets.LinuxSocketCalls;

namespace NocMonitor.Probes.Sockets;

/// <summary>Room for so many received messages with their senders and control data, in memory that does not move. One thread at a time.</summary>
internal sealed unsafe class ReceiveBatch
{
    private const int NameSize = 28;
    private const int ControlSize = 192;
    private const int ControlHeader = 16;

    private readonly byte[] _memory;
    private readonly int _messageSize;
    private readonly ReceivedMessage[] _messages;
    private readonly IoVector[] _vectors;

    /// <param name="messageSize">Room for each message; what is longer is cut.</param>
    public ReceiveBatch(int count, int messageSize)
    {
        _messageSize = messageSize;
        _memory = GC.AllocateArray<byte>(count * (messageSize + NameSize + ControlSize), pinned: true);
        _messages = GC.AllocateArray<ReceivedMessage>(count, pinned: true);
        _vectors = GC.AllocateArray<IoVector>(count, pinned: true);
        var start = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0);
        for (var i = 0; i < count; i++)
        {
            _vectors[i] = new IoVector { Start = start + (i * messageSize), Length = (nuint)messageSize };
            _messages[i].Header.Vectors = (IoVector*)Marshal.UnsafeAddrOfPinnedArrayElement(_vectors, i);
            _messages[i].Header.VectorCount = 1;
            _messages[i].Header.Name = start + (count * messageSize) + (i * NameSize);
            _messages[i].Header.Control = start + (count * (messageSize + NameSize)) + (i * ControlSize);
        }
    }

    /// <param name="flags">With <see cref="DoNotWait"/> takes what is there, with <see cref="WaitForOne"/> waits for the first of them.</param>
    /// <returns>How many messages came; less than 0 for none.</returns>
    public int Receive(SafeHandle socket, int flags)
    {
        for (var i = 0; i < _messages.Length; i++)
        {
            _messages[i].Header.NameLength = NameSize;
            _messages[i].Header.ControlLength = ControlSize;
        }

        var first = (ReceivedMessage*)Marshal.UnsafeAddrOfPinnedArrayElement(_messages, 0);
        return ReceiveMany(socket, first, (uint)_messages.Length, flags, 0);
    }

    public Span<byte> Message(int index) => new(_vectors[index].Start, (int)Math.Min(_messages[index].Length, (uint)_messageSize));

    /// <summary>True when the message was longer than the room for it.</summary>
    public bool IsCut(int index) => (_messages[index].Header.Flags & Truncated) != 0;

    /// <summary>The sender's address as the kernel wrote it.</summary>
    public ReadOnlySpan<byte> Name(int index) => new(_messages[index].Header.Name, (int)Math.Min(_messages[index].Header.NameLength, NameSize));

    /// <summary>The address a message came from; in the error queue the one it was going to.</summary>
    public IPAddress? Peer(int index) => ReadAddress(Name(index));

    /// <summary>The control data of one kind; empty when there is none.</summary>
    public ReadOnlySpan<byte> Control(int index, int level, int type)
    {
        var rest = new ReadOnlySpan<byte>(_messages[index].Header.Control, (int)Math.Min(_messages[index].Header.ControlLength, ControlSize));
        while (rest.Length >= ControlHeader)
        {
            var length = (int)Math.Min(MemoryMarshal.Read<ulong>(rest), (ulong)rest.Length);
            if (length < ControlHeader)
            {
                break;
            }

            if (MemoryMarshal.Read<int>(rest[8..]) == level && MemoryMarshal.Read<int>(rest[12..]) == type)
            {
                return rest[ControlHeader..length];
            }

            rest = rest[Math.Min((length + 7) & ~7, rest.Length)..];
        }

        return [];
    }

    /// <summary>Reads a <c>sockaddr_in</c> or <c>sockaddr_in6</c>.</summary>
    public static IPAddress? ReadAddress(ReadOnlySpan<byte> address) => address.Length < 8 ? null : MemoryMarshal.Read<ushort>(address) switch
    {
        2 => new IPAddress(address.Slice(4, 4)),
        10 when address.Length >= 28 => new IPAddress(address.Slice(8, 16), MemoryMarshal.Read<uint>(address[24..])),
        _ => null,
    };
}

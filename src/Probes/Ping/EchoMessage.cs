using System.Buffers.Binary;
using System.Net;

namespace NocMonitor.Probes.Ping;

/// <summary>
/// ICMP echo messages (RFC 792, RFC 4443). After the eight bytes of header the payload starts with the index (4 bytes) and the nonce
/// (8 bytes), both in network order; zeros fill the rest.
/// </summary>
internal static class EchoMessage
{
    public const int HeaderLength = 8;
    public const int SmallestPayload = 16;
    private const int IPv6HeaderLength = 40;
    private const byte IcmpProtocol = 1;
    private const byte IcmpV6Protocol = 58;

    /// <summary>Writes a request into a buffer of header and payload length whose end is zero already.</summary>
    public static void WriteRequest(Span<byte> message, bool v6, ushort identifier, ushort sequence, int index, ulong nonce)
    {
        message[0] = v6 ? (byte)128 : (byte)8;
        message[1] = 0;
        message[2] = 0;
        message[3] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(message[4..], identifier);
        BinaryPrimitives.WriteUInt16BigEndian(message[6..], sequence);
        BinaryPrimitives.WriteInt32BigEndian(message[8..], index);
        BinaryPrimitives.WriteUInt64BigEndian(message[12..], nonce);
        if (!v6)
        {
            // The kernel fills in ICMPv6's checksum, which covers the addresses too (RFC 3542 section 3.1).
            BinaryPrimitives.WriteUInt16BigEndian(message[2..], Checksum(message[..(HeaderLength + SmallestPayload)]));
        }
    }

    /// <summary>Reads what a socket received, from its ICMP header on.</summary>
    /// <param name="identifier">The identifier of our requests; null when the kernel has matched it already.</param>
    /// <returns>False for everything that is not about a request of ours.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, bool v6, ushort? identifier, out EchoAnswer answer)
    {
        answer = default;
        if (message.Length < HeaderLength)
        {
            return false;
        }

        var (type, code) = (message[0], message[1]);
        if (type == (v6 ? 129 : 0))
        {
            return code == 0 && TryReadEcho(message, identifier, out answer) && answer.HasPayload;
        }

        if (IcmpReason.Of(v6, type, code) is not { } reason
            || !TryReadQuoted(message[HeaderLength..], v6, out var quoted, out var destination)
            || !TryReadRequest(quoted, v6, identifier, out answer))
        {
            return false;
        }

        answer = answer with { Error = reason, Destination = destination };
        return true;
    }

    /// <summary>Reads a request of ours that an error hands back, as much of it as there is.</summary>
    public static bool TryReadRequest(ReadOnlySpan<byte> message, bool v6, ushort? identifier, out EchoAnswer answer)
    {
        answer = default;
        return message.Length >= HeaderLength && message[0] == (v6 ? 128 : 8) && TryReadEcho(message, identifier, out answer);
    }

    /// <summary>The ICMP part of an IPv4 packet; empty when the lengths do not fit.</summary>
    public static ReadOnlySpan<byte> SkipIPv4Header(ReadOnlySpan<byte> packet)
    {
        var length = packet.Length < 20 || packet[0] >> 4 != 4 ? 0 : (packet[0] & 15) * 4;
        return length < 20 || length > packet.Length || packet[9] != IcmpProtocol ? [] : packet[length..];
    }

    private static bool TryReadEcho(ReadOnlySpan<byte> message, ushort? identifier, out EchoAnswer answer)
    {
        var hasPayload = message.Length >= HeaderLength + 12;
        var index = hasPayload ? BinaryPrimitives.ReadInt32BigEndian(message[8..]) : -1;
        answer = new EchoAnswer
        {
            Sequence = BinaryPrimitives.ReadUInt16BigEndian(message[6..]),
            Index = Math.Max(index, -1),
            Nonce = hasPayload ? BinaryPrimitives.ReadUInt64BigEndian(message[12..]) : 0,
        };
        return identifier is null || BinaryPrimitives.ReadUInt16BigEndian(message[4..]) == identifier;
    }

    private static bool TryReadQuoted(ReadOnlySpan<byte> packet, bool v6, out ReadOnlySpan<byte> message, out IPAddress? destination)
    {
        message = v6
            ? packet.Length >= IPv6HeaderLength && packet[0] >> 4 == 6 && packet[6] == IcmpV6Protocol ? packet[IPv6HeaderLength..] : []
            : SkipIPv4Header(packet);
        destination = message.IsEmpty ? null : new IPAddress(v6 ? packet.Slice(24, 16) : packet.Slice(16, 4));
        return !message.IsEmpty;
    }

    /// <summary>The internet checksum (RFC 1071); what follows in the message is zero and adds nothing.</summary>
    private static ushort Checksum(ReadOnlySpan<byte> message)
    {
        uint sum = 0;
        for (var i = 0; i < message.Length; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(message[i..]);
        }

        sum = (sum >> 16) + (sum & 0xFFFF);
        return (ushort)~(sum + (sum >> 16));
    }
}

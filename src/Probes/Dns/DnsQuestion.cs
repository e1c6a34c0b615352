using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NocMonitor.Probes.Dns;

/// <summary>What is asked: a name and a type of record, class IN. Immutable.</summary>
internal sealed class DnsQuestion
{
    public const int HeaderLength = 12;
    private const int TrailerLength = 4;
    private const ushort RecursionDesired = 0x0100;

    private readonly byte[] _wire;

    private DnsQuestion(byte[] wire, DnsRecordType type)
    {
        _wire = wire;
        Type = type;
    }

    public DnsRecordType Type { get; }

    /// <summary>The name in wire form.</summary>
    public ReadOnlySpan<byte> Name => _wire;

    public int QueryLength => HeaderLength + _wire.Length + TrailerLength;

    /// <summary>Takes a domain name; for PTR also an address, which stands for its name below in-addr.arpa or ip6.arpa.</summary>
    public static bool TryParse(string target, DnsRecordType type, out DnsQuestion question)
    {
        Span<byte> wire = stackalloc byte[DnsName.LongestWire];
        var name = type == DnsRecordType.PTR && IPAddress.TryParse(target, out var address) ? ReverseName(address) : target;
        var good = DnsName.TryWrite(name, wire, out var length) && !name.Any(char.IsWhiteSpace);
        question = new DnsQuestion(wire[..length].ToArray(), type);
        return good;
    }

    /// <summary>Writes a query of <see cref="QueryLength"/> bytes (RFC 1035 section 4.1). No EDNS: answers above 512 bytes come over TCP.</summary>
    public void WriteQuery(Span<byte> message, ushort id, bool recursive)
    {
        message[..HeaderLength].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(message, id);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], recursive ? RecursionDesired : (ushort)0);
        BinaryPrimitives.WriteUInt16BigEndian(message[4..], 1);
        _wire.CopyTo(message[HeaderLength..]);
        BinaryPrimitives.WriteUInt16BigEndian(message[(HeaderLength + _wire.Length)..], (ushort)Type);
        BinaryPrimitives.WriteUInt16BigEndian(message[(HeaderLength + _wire.Length + 2)..], DnsResponse.ClassIn);
    }

    private static string ReverseName(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        var name = new StringBuilder();
        foreach (var value in bytes.Reverse())
        {
            _ = address.AddressFamily == AddressFamily.InterNetwork
                ? name.Append(value).Append('.')
                : name.Append("0123456789abcdef"[value & 15]).Append('.').Append("0123456789abcdef"[value >> 4]).Append('.');
        }

        return name.Append(address.AddressFamily == AddressFamily.InterNetwork ? "in-addr.arpa" : "ip6.arpa").ToString();
    }
}

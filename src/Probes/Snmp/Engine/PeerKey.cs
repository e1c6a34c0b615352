using System.Buffers.Binary;
using System.Net;

namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>Address and port of a peer, from a socket address as the system writes it; its scope and flow label are left out.</summary>
internal readonly record struct PeerKey(UInt128 Address, ushort Port)
{
    /// <summary>Reads a <c>sockaddr_in</c> or <c>sockaddr_in6</c>, whose parts stand at the same places on every system.</summary>
    public static PeerKey Of(ReadOnlySpan<byte> address) => address.Length switch
    {
        >= 28 => new PeerKey(BinaryPrimitives.ReadUInt128BigEndian(address[8..]), BinaryPrimitives.ReadUInt16BigEndian(address[2..])),
        >= 8 => new PeerKey(BinaryPrimitives.ReadUInt32BigEndian(address[4..]), BinaryPrimitives.ReadUInt16BigEndian(address[2..])),
        _ => default,
    };

    public static byte[] Serialize(IPEndPoint endPoint)
    {
        var address = endPoint.Serialize();
        return address.Buffer.Span[..address.Size].ToArray();
    }
}

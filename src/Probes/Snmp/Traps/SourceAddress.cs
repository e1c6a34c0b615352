using System.Buffers.Binary;
using System.Net;

namespace NocMonitor.Probes.Snmp.Traps;

/// <summary>An address of either family as one number: IPv4 stands in its place within IPv6 (RFC 4291 section 2.5.5.2).</summary>
internal static class SourceAddress
{
    private const int SizeOfIPv6Name = 28;
    private static readonly UInt128 Mapped = (UInt128)0xFFFF << 32;

    /// <summary>Reads a <c>sockaddr_in</c> or <c>sockaddr_in6</c>.</summary>
    public static UInt128 Read(ReadOnlySpan<byte> socketAddress) => socketAddress.Length switch
    {
        >= SizeOfIPv6Name => BinaryPrimitives.ReadUInt128BigEndian(socketAddress[8..]),
        >= 8 => Mapped | BinaryPrimitives.ReadUInt32BigEndian(socketAddress[4..]),
        _ => default,
    };

    public static UInt128 Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? address.MapToIPv6() : address).TryWriteBytes(bytes, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    public static IPAddress ToAddress(UInt128 source)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, source);
        var address = new IPAddress(bytes);
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    /// <summary>The address of an agent-addr or an snmpTrapAddress.</summary>
    public static UInt128 OfIPv4(ReadOnlySpan<byte> address) => Mapped | BinaryPrimitives.ReadUInt32BigEndian(address);
}

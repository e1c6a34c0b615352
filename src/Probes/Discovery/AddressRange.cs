using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NocMonitor.Probes.Discovery;

/// <summary>Addresses of one family from the first to the last, both included. Written <c>10.0.0.0/24</c>, <c>10.0.0.1-10.0.0.9</c>, <c>10.0.0.1-9</c> or as one address.</summary>
public readonly record struct AddressRange(UInt128 First, UInt128 Last, AddressFamily Family)
{
    private const int BitsV4 = 32;
    private const int BitsV6 = 128;

    public UInt128 Count => Last - First + 1;

    /// <summary>Null with the range when the text is one, else the reason why not.</summary>
    public static string? TryParse(string text, out AddressRange range)
    {
        text = text.Trim();
        if (text.IndexOf('/', StringComparison.Ordinal) is var slash and > 0)
        {
            return TryParseNetwork(text, slash, out range);
        }

        var dash = text.IndexOf('-', StringComparison.Ordinal);
        range = default;
        if (!TryParseAddress(dash < 0 ? text : text[..dash], out var first))
        {
            return $"'{text}' is no address, network such as 10.0.0.0/24 or range such as 10.0.0.1-10.0.0.9";
        }

        if (!TryParseLast(dash < 0 ? "" : text[(dash + 1)..], first, out var last))
        {
            return $"'{text}' has no second address behind the dash";
        }

        range = new AddressRange(NumberOf(first), NumberOf(last), first.AddressFamily);
        return first.AddressFamily != last.AddressFamily ? $"'{text}' goes from one family of addresses to the other"
            : range.First > range.Last ? $"'{text}' ends before it begins"
            : null;
    }

    public IPAddress At(UInt128 index) => AddressOf(First + index, Family);

    public override string ToString() => First == Last ? At(0).ToString() : $"{At(0)}-{At(Last - First)}";

    /// <summary>The addresses of a network that devices may have: of IPv4 neither the network's own nor the broadcast address.</summary>
    private static string? TryParseNetwork(string text, int slash, out AddressRange range)
    {
        range = default;
        if (!TryParseAddress(text[..slash], out var address))
        {
            return $"'{text}' has no address before the slash";
        }

        var bits = address.AddressFamily == AddressFamily.InterNetwork ? BitsV4 : BitsV6;
        if (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > bits)
        {
            return $"'{text}' needs a number from 0 to {bits} behind the slash";
        }

        var size = length == 0 && bits == BitsV6 ? UInt128.MaxValue : (UInt128.One << (bits - length)) - 1;
        var first = NumberOf(address) & ~size;
        var hosts = bits == BitsV4 && bits - length > 1;
        range = new AddressRange(first + (hosts ? 1u : 0u), first + size - (hosts ? 1u : 0u), address.AddressFamily);
        return null;
    }

    private static bool TryParseLast(string text, IPAddress first, out IPAddress last)
    {
        last = first;
        if (text.Length == 0)
        {
            return true;
        }

        if (first.AddressFamily == AddressFamily.InterNetwork && byte.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var octet))
        {
            last = AddressOf((NumberOf(first) & ~(UInt128)0xFF) | octet, first.AddressFamily);
            return true;
        }

        return TryParseAddress(text, out last);
    }

    /// <summary>An address in full: <c>10.1</c>, which the system takes for 10.0.0.1, is a slip.</summary>
    private static bool TryParseAddress(string text, out IPAddress address)
    {
        text = text.Trim();
        address = IPAddress.None;
        if (!IPAddress.TryParse(text, out var parsed) || text.StartsWith('[')
            || (parsed.AddressFamily == AddressFamily.InterNetwork && text.Count(letter => letter == '.') != 3))
        {
            return false;
        }

        address = parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed;
        return true;
    }

    private static UInt128 NumberOf(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return bytes.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private static IPAddress AddressOf(UInt128 number, AddressFamily family)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return new IPAddress(family == AddressFamily.InterNetwork ? bytes[12..] : bytes);
    }
}

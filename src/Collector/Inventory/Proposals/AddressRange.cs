using System.Net;
using NocMonitor.Collector.Inventory.Devices;

namespace NocMonitor.Collector.Inventory.Proposals;

/// <summary>Addresses of one family from the first to the last, both included; written <c>10.0.0.1-10.0.0.9</c>, or one address alone.</summary>
internal readonly record struct AddressRange(UInt128 First, UInt128 Last, bool IsV6)
{
    public static bool TryParse(string text, out AddressRange range)
    {
        var parts = text.Split('-');
        range = default;
        if (parts.Length > 2 || !IpText.TryParse(parts[0], out var first) || !IpText.TryParse(parts[^1], out var last) || first.AddressFamily != last.AddressFamily)
        {
            return false;
        }

        range = new AddressRange(Number(first), Number(last), IsV6Address(first));
        return range.First <= range.Last;
    }

    public bool Contains(IPAddress address) => IsV6Address(address) == IsV6 && Number(address) is var number && number >= First && number <= Last;

    private static bool IsV6Address(IPAddress address) => address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;

    private static UInt128 Number(IPAddress address)
    {
        UInt128 number = 0;
        foreach (var part in address.GetAddressBytes())
        {
            number = (number << 8) | part;
        }

        return number;
    }
}

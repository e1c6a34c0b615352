using System.Net;
using System.Net.Sockets;

namespace NocMonitor.Collector.Inventory.Devices;

/// <summary>Addresses as texts: one address, one way to write it.</summary>
internal static class IpText
{
    /// <summary>Reads an address in full; <c>10.1</c>, which stands for 10.0.0.1, is none here.</summary>
    public static bool TryParse(string text, out IPAddress address)
    {
        text = text.Trim();
        address = IPAddress.None;
        if (!IPAddress.TryParse(text, out var parsed)
            || (parsed.AddressFamily == AddressFamily.InterNetwork && text.Count(letter => letter == '.') != 3)
            || text.StartsWith('['))
        {
            return false;
        }

        address = parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed;
        return true;
    }

    /// <summary>The usual way to write an address; any other text as it is, without blanks around it.</summary>
    public static string Plain(string text) => TryParse(text, out var address) ? address.ToString() : text.Trim();
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NocMonitor.Probes.Targets;

/// <summary>A target written as <c>host:port</c>, <c>192.0.2.1:port</c> or <c>[2001:db8::1]:port</c>; with a default port also without one.</summary>
public readonly record struct HostPort(string Host, int Port)
{
    private const int LongestHost = 253;

    /// <param name="text">As the configuration writes it.</param>
    /// <param name="defaultPort">The port of a target that names none; 0 when the port is required.</param>
    public static bool TryParse(string text, int defaultPort, out HostPort target)
    {
        var (host, port) = Split(text);
        target = default;
        var number = defaultPort;
        if (port.Length > 0
            && (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number is < 1 or > ushort.MaxValue))
        {
            return false;
        }

        if (number == 0 || !IsHost(host))
        {
            return false;
        }

        target = new HostPort(host, number);
        return true;
    }

    /// <summary>A target that the options have found good.</summary>
    public static HostPort Parse(string text, int defaultPort) =>
        TryParse(text, defaultPort, out var target) ? target : throw new FormatException($"'{text}' is not a host and a port");

    /// <summary>A name or an address: not empty, at most 253 characters, without spaces or control characters.</summary>
    public static bool IsHost(string host) =>
        host.Length is > 0 and <= LongestHost
        && !host.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || letter is '/' or '[' or ']')
        && (!host.Contains(':') || IPAddress.TryParse(host, out _));

    public override string ToString() =>
        Host.Contains(':') ? string.Create(CultureInfo.InvariantCulture, $"[{Host}]:{Port}") : string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    private static (string Host, string Port) Split(string text)
    {
        if (text.StartsWith('['))
        {
            var end = text.IndexOf(']');
            return end < 0 || !IsIPv6(text[1..end])
                ? ("", "")
                : text.Length == end + 1 ? (text[1..end], "") : text[end + 1] == ':' ? (text[1..end], NotEmpty(text[(end + 2)..])) : ("", "");
        }

        var colon = text.LastIndexOf(':');
        return colon < 0 || IsIPv6(text) ? (text, "") : (text[..colon], NotEmpty(text[(colon + 1)..]));
    }

    // "host:" promises a port and gives none; a text that is no number makes that an error.
    private static string NotEmpty(string port) => port.Length == 0 ? "?" : port;

    private static bool IsIPv6(string text) => IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;
}

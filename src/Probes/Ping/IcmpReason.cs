namespace NocMonitor.Probes.Ping;

/// <summary>ICMP errors in words (RFC 792, RFC 1812 section 5.2.7.1, RFC 4443 section 3).</summary>
internal static class IcmpReason
{
    /// <summary>The reason, or null when the type is no error that a packet of ours can cause.</summary>
    public static string? Of(bool v6, byte type, byte code) => (v6, type) switch
    {
        (false, 3) => Unreachable(code),
        (false, 11) or (true, 3) => code == 0 ? "time to live exceeded in transit" : "fragments were not put together in time",
        (false, 12) or (true, 4) => "a router finds a fault in the packet's header",
        (true, 1) => UnreachableV6(code),
        (true, 2) => "packet too big",
        _ => null,
    };

    private static string Unreachable(byte code) => code switch
    {
        0 or 6 or 11 => "network unreachable",
        1 or 7 or 12 => "host unreachable",
        2 => "protocol unreachable",
        3 => "port unreachable",
        4 => "packet too big, and it may not be fragmented",
        9 or 10 or 13 => "administratively prohibited",
        _ => $"unreachable (code {code})",
    };

    private static string UnreachableV6(byte code) => code switch
    {
        0 or 6 => "no route to the destination",
        1 or 5 => "administratively prohibited",
        2 => "beyond the scope of the source address",
        3 => "address unreachable",
        4 => "port unreachable",
        _ => $"unreachable (code {code})",
    };
}

namespace NocMonitor.Probes.Ntp;

/// <summary>One answer of a server and what it says about the two clocks (RFC 5905 section 8).</summary>
/// <param name="Offset">Seconds that the server's clock is ahead of this machine's.</param>
/// <param name="Delay">Seconds that the packets were under way, there and back.</param>
internal readonly record struct NtpSample(NtpPacket Packet, double Offset, double Delay)
{
    /// <param name="sent">This machine's clock when the request went out.</param>
    /// <param name="elapsed">From then to the answer by the monotonic clock, so that a step of the wall clock meanwhile does no harm.</param>
    public static NtpSample Of(NtpPacket packet, DateTimeOffset sent, TimeSpan elapsed)
    {
        var there = packet.Received.SecondsSince(NtpTimestamp.From(sent));
        var back = packet.Transmitted.SecondsSince(NtpTimestamp.From(sent)) - elapsed.TotalSeconds;
        var delay = elapsed.TotalSeconds - packet.Transmitted.SecondsSince(packet.Received);
        return new NtpSample(packet, (there + back) / 2, Math.Max(0, delay));
    }
}

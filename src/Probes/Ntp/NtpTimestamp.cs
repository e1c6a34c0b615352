using System.Buffers.Binary;

namespace NocMonitor.Probes.Ntp;

/// <summary>
/// A time as NTP carries it (RFC 5905 section 6): seconds since 1900 modulo 2^32 and a 32-bit fraction. The number of the era is not on the wire;
/// differences are taken modulo 2^64 and are right while the clocks are less than 68 years apart, over the change of era in 2036 too.
/// </summary>
internal readonly record struct NtpTimestamp(ulong Bits)
{
    private const double UnitsPerSecond = 4294967296.0;
    private static readonly DateTimeOffset Epoch = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public bool IsUnset => Bits == 0;

    public static NtpTimestamp From(DateTimeOffset time)
    {
        var (seconds, rest) = Math.DivRem(time.UtcTicks - Epoch.UtcTicks, TimeSpan.TicksPerSecond);
        return new NtpTimestamp(((ulong)(uint)seconds << 32) | (((ulong)rest << 32) / TimeSpan.TicksPerSecond));
    }

    public static NtpTimestamp Read(ReadOnlySpan<byte> wire) => new(BinaryPrimitives.ReadUInt64BigEndian(wire));

    /// <summary>Seconds from the other time to this one.</summary>
    public double SecondsSince(NtpTimestamp other) => unchecked((long)(Bits - other.Bits)) / UnitsPerSecond;
}

namespace NocMonitor.LineProtocol;

/// <summary>A stretch of the text being read.</summary>
internal readonly record struct Range32(int Start, int Length)
{
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> text) => text.Slice(Start, Length);

    public long Pack() => ((long)Start << 32) | (uint)Length;

    public static Range32 Unpack(long packed) => new((int)(packed >> 32), (int)packed);
}

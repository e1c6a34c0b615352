namespace NocMonitor.Agent;

/// <summary>FNV-1a in 64 bits: the same for the same bytes on every machine and in every run, unlike the runtime's own string hash.</summary>
internal static class StableHash
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = Offset;
        foreach (var one in bytes)
        {
            hash = (hash ^ one) * Prime;
        }

        return hash;
    }

    /// <summary>A fraction in [0, 1) of a text, spread evenly whatever the texts look like.</summary>
    public static double Fraction(string text)
    {
        // FNV leaves similar short texts with similar high bits; the finalizer of MurmurHash3 mixes them.
        var hash = Of(System.Text.Encoding.UTF8.GetBytes(text));
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        hash ^= hash >> 33;
        return (hash >> 11) * (1.0 / (1UL << 53));
    }
}

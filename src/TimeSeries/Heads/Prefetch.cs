using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace NocMonitor.TimeSeries.Heads;

/// <summary>Hints to the processor that memory is needed soon. A hint about an object that moves meanwhile is merely wasted.</summary>
internal static class Prefetch
{
    private const int LineBytes = 64;

    /// <summary>Where the last fields of a series lie, which may be the third line.</summary>
    private const int SeriesBytes = 112;

    public static unsafe void Object(Series target)
    {
        if (Sse.IsSupported)
        {
            var address = *(byte**)Unsafe.AsPointer(ref target);
            Sse.Prefetch0(address);
            Sse.Prefetch0(address + LineBytes);
            Sse.Prefetch0(address + SeriesBytes);
        }
    }

    public static unsafe void Element<T>(ref T target)
        where T : struct
    {
        if (Sse.IsSupported)
        {
            var address = (byte*)Unsafe.AsPointer(ref target);
            Sse.Prefetch0(address);
            Sse.Prefetch0(address + LineBytes);
        }
    }

    /// <summary>Up to four lines; the processor goes on by itself with what is read in order.</summary>
    public static unsafe void Bytes(ReadOnlySpan<byte> target)
    {
        if (Sse.IsSupported)
        {
            var address = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(target));
            for (var i = 0; i < Math.Min(target.Length, 4 * LineBytes); i += LineBytes)
            {
                Sse.Prefetch0(address + i);
            }
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NocMonitor.TimeSeries.Heads;

/// <summary>Hints to the processor that memory is needed soon. A hint about an object that moves meanwhile is merely wasted.</summary>
internal static class Prefetch
{
    private const int LineBytes = 64;

    public static unsafe void Object(object target)
    {
        if (Sse.IsSupported)
        {
            var address = *(byte**)Unsafe.AsPointer(ref target);
            Sse.Prefetch0(address);
            Sse.Prefetch0(address + LineBytes);
        }
    }

    public static unsafe void Element(ref long target)
    {
        if (Sse.IsSupported)
        {
            var address = (byte*)Unsafe.AsPointer(ref target);
            Sse.Prefetch0(address);
            Sse.Prefetch0(address + LineBytes);
        }
    }
}

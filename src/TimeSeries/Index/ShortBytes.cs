using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NocMonitor.TimeSeries.Index;

/// <summary>
/// Compares the parts of a key, which are short, many and of all lengths: a comparison that branches by the length is guessed wrong by the processor at every other part, and costs more than the
/// whole key did. Thirty-two bytes are read whatever is wanted of them, and what is too much is masked.
/// </summary>
internal static class ShortBytes
{
    /// <summary>What is read at once. Behind that many bytes of room no call is made.</summary>
    public const int Room = 32;

    /// <summary>Whether a stretch of an array is at the beginning of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="readable">How long that is, at least what is wanted.</param>
    /// <param name="other">The array.</param>
    /// <param name="offset">Where the stretch begins.</param>
    /// <param name="length">How long it is. No stretch of that array, as one may see while another thread replaces it, is not there.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Begins(ref byte text, int readable, byte[] other, int offset, int length)
    {
        if (readable < Room || other.Length - offset < Room || length > Room)
        {
            return offset + length <= other.Length && MemoryMarshal.CreateReadOnlySpan(ref text, length).SequenceEqual(other.AsSpan(offset, length));
        }

        ref var wanted = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(other), offset);
        var equal = Equal(ref text, ref wanted, 0) | (Equal(ref text, ref wanted, (nuint)Vector128<byte>.Count) << Vector128<byte>.Count);
        return (~equal & (uint)((1UL << length) - 1)) == 0;
    }

    private static uint Equal(ref byte left, ref byte right, nuint at) =>
        Vector128.Equals(Vector128.LoadUnsafe(ref left, at), Vector128.LoadUnsafe(ref right, at)).ExtractMostSignificantBits();
}

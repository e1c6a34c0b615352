using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NocMonitor.LineProtocol;

/// <summary>
/// Finds the characters that end a key: comma, equals sign, backslash, space, control characters. The text is classified 64 bytes at a time
/// into a bit mask, and the many short keys of a line are then found by shifting it.
/// </summary>
internal ref struct StopScanner(ReadOnlySpan<byte> text)
{
    private const int BlockBytes = 64;

    private readonly ReadOnlySpan<byte> _text = text;
    private int _blockStart = -BlockBytes;
    private ulong _stops;

    /// <summary>The first stop at or behind a position, or the end of the text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next(int position)
    {
        var offset = position - _blockStart;
        if ((uint)offset < BlockBytes && (_stops >> offset) is var rest and not 0)
        {
            return position + BitOperations.TrailingZeroCount(rest);
        }

        return NextBlock((uint)offset < BlockBytes ? _blockStart + BlockBytes : position);
    }

    private int NextBlock(int position)
    {
        while (position < _text.Length)
        {
            _blockStart = position;
            _stops = position + BlockBytes <= _text.Length ? Classify(_text.Slice(position, BlockBytes)) : ClassifyTail(_text[position..]);
            if (_stops != 0)
            {
                return position + BitOperations.TrailingZeroCount(_stops);
            }

            position += BlockBytes;
        }

        return _text.Length;
    }

    /// <summary>Padded with zeros, which are stops: the first of them is the end of the text.</summary>
    private static ulong ClassifyTail(ReadOnlySpan<byte> tail)
    {
        Span<byte> block = stackalloc byte[BlockBytes];
        block.Clear();
        tail.CopyTo(block);
        return Classify(block);
    }

    private static ulong Classify(ReadOnlySpan<byte> block)
    {
        ref var first = ref MemoryMarshal.GetReference(block);
        if (Vector256.IsHardwareAccelerated)
        {
            return Stops(Vector256.LoadUnsafe(ref first)) | ((ulong)Stops(Vector256.LoadUnsafe(ref first, 32)) << 32);
        }

        return Stops(Vector128.LoadUnsafe(ref first)) | ((ulong)Stops(Vector128.LoadUnsafe(ref first, 16)) << 16)
            | ((ulong)Stops(Vector128.LoadUnsafe(ref first, 32)) << 32) | ((ulong)Stops(Vector128.LoadUnsafe(ref first, 48)) << 48);
    }

    private static uint Stops(Vector256<byte> bytes) =>
        (Vector256.LessThanOrEqual(bytes, Vector256.Create((byte)' '))
            | Vector256.Equals(bytes, Vector256.Create((byte)','))
            | Vector256.Equals(bytes, Vector256.Create((byte)'='))
            | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))
            | Vector256.Equals(bytes, Vector256.Create((byte)0x7f))).ExtractMostSignificantBits();

    private static uint Stops(Vector128<byte> bytes) =>
        (Vector128.LessThanOrEqual(bytes, Vector128.Create((byte)' '))
            | Vector128.Equals(bytes, Vector128.Create((byte)','))
            | Vector128.Equals(bytes, Vector128.Create((byte)'='))
            | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
            | Vector128.Equals(bytes, Vector128.Create((byte)0x7f))).ExtractMostSignificantBits();
}

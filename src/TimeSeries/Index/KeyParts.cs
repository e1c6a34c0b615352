using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NocMonitor.LineProtocol;

namespace NocMonitor.TimeSeries.Index;

/// <summary>
/// What keys are made of, each kept once and known by a number: measurements, and tags as line protocol writes them with the comma before. Keys of a hundred thousand series are put together of
/// few. Writers hold the index's lock; readers take none: a part is filled before anybody can have its number, and a number that is free again rests from one housekeeping
/// to the next, so that who is about to read it still reads what it meant. Texts of values are made when somebody asks, and kept under a lock of their own.
/// </summary>
internal sealed partial class KeyParts
{
    /// <summary>A number takes three bytes in a key.</summary>
    public const int Most = (1 << 24) - 2;

    private const int BlockBits = 9;
    private const int BlockMask = (1 << BlockBits) - 1;

    /// <summary>A slot holds a number plus one, and above it eight bits of the hash.</summary>
    private const uint NumberMask = 0xFF_FFFF;
    private const uint Dead = uint.MaxValue;
    private const int FewestSlots = 64;

    private readonly KeyArena _texts = new();
    private readonly Stack<int> _free = [];
    private readonly Lock _valuesLock = new();
    private List<int> _resting = [];
    private List<int> _rested = [];
    private volatile Part[][] _blocks = [];
    private volatile string?[]?[] _values = [];
    private volatile uint[] _slots = new uint[FewestSlots];
    private int _usedSlots;
    private int _numbers;

    /// <summary>Parts that some series has.</summary>
    public int Count => _numbers - _free.Count - _resting.Count - _rested.Count;

    public ReadOnlySpan<byte> Text(int number)
    {
        ref readonly var part = ref _blocks[number >> BlockBits][number & BlockMask];
        return KeyBytes.Of(part.Slab, part.At);
    }

    /// <summary>Whether the beginning of some bytes is the parts of a record, one after the other.</summary>
    /// <param name="record">At least a byte, then the numbers.</param>
    /// <param name="at">Where the numbers begin.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="length">Of the beginning. What follows it is not compared, but lets bytes be read faster.</param>
    public bool AreEqual(ReadOnlySpan<byte> record, int at, ReadOnlySpan<byte> bytes, int length)
    {
        var blocks = _blocks;
        ref var first = ref MemoryMarshal.GetReference(record);
        ref var rest = ref MemoryMarshal.GetReference(bytes);
        var left = bytes.Length;
        for (var end = bytes.Length - length; at + 2 < record.Length; at += 3)
        {
            // A word that ends where the number does.
            var number = (int)(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref first, at - 1)) >> 8);
            ref readonly var part = ref blocks[number >> BlockBits][number & BlockMask];
            var (slab, place) = (part.Slab, part.At);
            var wanted = place & ushort.MaxValue;
            if (left - wanted < end || !ShortBytes.Begins(ref rest, left, slab, (int)((uint)place >> 16), wanted))
            {
                return false;
            }

            rest = ref Unsafe.Add(ref rest, wanted);
            left -= wanted;
        }

        return left == bytes.Length - length;
    }

    /// <summary>The number of a part; negative when no series has it.</summary>
    public int Find(ReadOnlySpan<byte> text)
    {
        var hash = KeyHash.Of(text);
        var slots = _slots;
        for (var i = Start(hash, slots); slots[i] is var slot and not 0; i = Next(i, slots))
        {
            if (slot != Dead && (slot ^ Tag(hash)) <= NumberMask && Text((int)(slot & NumberMask) - 1).SequenceEqual(text))
            {
                return (int)(slot & NumberMask) - 1;
            }
        }

        return -1;
    }

    /// <summary>The number of a part, which is used once more from now on.</summary>
    public int Use(ReadOnlySpan<byte> text)
    {
        var number = Find(text);
        if (number < 0)
        {
            number = Add(text);
        }

        _blocks[number >> BlockBits][number & BlockMask].Uses++;
        return number;
    }

    /// <summary>A series that has the part is gone.</summary>
    public void Release(int number)
    {
        if (--_blocks[number >> BlockBits][number & BlockMask].Uses == 0)
        {
            var slots = _slots;
            var hash = KeyHash.Of(Text(number));
            var i = Start(hash, slots);
            while (slots[i] != (Tag(hash) | (uint)(number + 1)))
            {
                i = Next(i, slots);
            }

            Volatile.Write(ref slots[i], Dead);
            _resting.Add(number);
        }
    }

    private int Add(ReadOnlySpan<byte> text)
    {
        var bytes = _texts.Add(text);
        if (!_free.TryPop(out var number))
        {
            number = _numbers++;
            if (number >> BlockBits == _blocks.Length)
            {
                _blocks = [.. _blocks, new Part[BlockMask + 1]];
            }
        }

        lock (_valuesLock)
        {
            _blocks[number >> BlockBits][number & BlockMask] = new Part { At = bytes.At, Slab = bytes.Slab };
        }

        if ((_usedSlots + 1) * 4L > _slots.Length * 3L)
        {
            Rebuild();
        }

        Insert(_slots, text, number);
        _usedSlots++;
        return number;
    }

    private void Rebuild()
    {
        var slots = new uint[Math.Max(FewestSlots, Count * 2)];
        _usedSlots = 0;
        for (var number = 0; number < _numbers; number++)
        {
            if (_blocks[number >> BlockBits][number & BlockMask].Uses > 0)
            {
                Insert(slots, Text(number), number);
                _usedSlots++;
            }
        }

        _slots = slots;
    }

    private static void Insert(uint[] slots, ReadOnlySpan<byte> text, int number)
    {
        var hash = KeyHash.Of(text);
        var i = Start(hash, slots);
        while (slots[i] != 0)
        {
            i = Next(i, slots);
        }

        Volatile.Write(ref slots[i], Tag(hash) | (uint)(number + 1));
    }

    private static int Start(ulong hash, uint[] slots) => (int)(((hash >> 32) * (ulong)slots.Length) >> 32);

    private static int Next(int slot, uint[] slots) => slot + 1 == slots.Length ? 0 : slot + 1;

    private static uint Tag(ulong hash) => (uint)hash << 24;

    private struct Part
    {
        public byte[] Slab;
        public int At;

        /// <summary>How many series have it.</summary>
        public int Uses;
    }
}

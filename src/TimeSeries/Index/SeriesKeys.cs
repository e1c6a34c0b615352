using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Batches;

namespace NocMonitor.TimeSeries.Index;

/// <summary>
/// The keys of all series, as records: the number of an order, two bytes, then the numbers of the measurement and of the tags in the order they were sent, three bytes each. A key that is no
/// other order of known parts stands as it is behind <see cref="AsItIs"/>. Writers hold the index's lock; a record never changes, and its parts last as long as the series.
/// </summary>
internal sealed partial class SeriesKeys
{
    private const ushort AsItIs = ushort.MaxValue;
    private const int OrderBytes = 2;
    private const int NumberBytes = 3;

    private readonly KeyArena _records = new();
    private readonly KeyOrders _orders = new();
    private readonly TextCache _tagKeys = new();

    /// <summary>Keys of series that were forgotten, for who still holds one: their parts are gone.</summary>
    private readonly ConditionalWeakTable<Series, byte[]> _forgotten = [];

    public KeyParts Parts { get; } = new();

    /// <summary>Whether another series would find no room for its parts.</summary>
    public bool IsFull(int tags) => Parts.Count > KeyParts.Most - tags - 1;

    /// <summary>The record of a new series, whose parts it uses from now on.</summary>
    public KeyBytes Add(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> canonical)
    {
        var numbers = new List<int>();
        var pieces = new KeyPieces(canonical);
        while (pieces.MoveNext())
        {
            numbers.Add(Parts.Use(pieces.Current));
        }

        return Encode(raw, CollectionsMarshal.AsSpan(numbers)) ?? Record(KeyOrders.Sorted, CollectionsMarshal.AsSpan(numbers));
    }

    /// <summary>The record of another way to write the key of a series; null when there is no room for it.</summary>
    public KeyBytes? Spell(ReadOnlySpan<byte> raw, Series series)
    {
        var record = series.KeyRecord.Span;
        var numbers = new int[PartCount(record)];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = SortedPart(record, i);
        }

        if (Encode(raw, numbers) is { } known)
        {
            return known;
        }

        return raw.Length + OrderBytes > KeyArena.Longest ? null : new KeyBytes(Whole(raw), raw.Length + OrderBytes);
    }

    /// <summary>A series goes: its key is kept for those who still hold it. Its parts may be given up after that.</summary>
    public void Keep(Series series)
    {
        var record = series.KeyRecord.Span;
        var whole = new byte[OrderBytes + Length(record)];
        BinaryPrimitives.WriteUInt16LittleEndian(whole, AsItIs);
        CopyTo(record, whole.AsSpan(OrderBytes));
        _forgotten.AddOrUpdate(series, whole);
    }

    /// <summary>The record of a series that was forgotten.</summary>
    public KeyBytes Kept(Series series) => _forgotten.TryGetValue(series, out var whole) ? new KeyBytes(whole, whole.Length) : new KeyBytes([], 0);

    public void Release(KeyBytes record)
    {
        for (var i = PartCount(record.Span) - 1; i >= 0; i--)
        {
            Parts.Release(Part(record.Span, i));
        }
    }

    /// <summary>Whether a record is of these bytes.</summary>
    public bool Matches(ReadOnlySpan<byte> record, ReadOnlySpan<byte> raw) => Matches(record, raw, raw.Length);

    /// <inheritdoc cref="KeyParts.AreEqual"/>
    public bool Matches(ReadOnlySpan<byte> record, ReadOnlySpan<byte> line, int length) =>
        IsWhole(record) ? record[OrderBytes..].SequenceEqual(line[..length]) : Parts.AreEqual(record, OrderBytes, line, length);

    /// <summary>Whether the sorted key of a record is of these bytes.</summary>
    public bool MatchesSorted(ReadOnlySpan<byte> record, ReadOnlySpan<byte> canonical)
    {
        for (var i = 0; i < PartCount(record); i++)
        {
            var text = Parts.Text(SortedPart(record, i));
            if (!canonical.StartsWith(text))
            {
                return false;
            }

            canonical = canonical[text.Length..];
        }

        return canonical.IsEmpty;
    }

    /// <summary><see cref="KeyPieces.Hash"/> of a record's key.</summary>
    public ulong Hash(ReadOnlySpan<byte> record)
    {
        var hash = 0UL;
        for (var i = PartCount(record) - 1; i >= 0; i--)
        {
            hash += KeyHash.Of(Parts.Text(Part(record, i)));
        }

        return hash;
    }

    /// <summary>How many parts there are, the measurement counted.</summary>
    public static int PartCount(ReadOnlySpan<byte> record) => IsWhole(record) ? 0 : (record.Length - OrderBytes) / NumberBytes;

    /// <summary>A part of the sorted key; the measurement is part 0.</summary>
    public int SortedPart(ReadOnlySpan<byte> record, int index)
    {
        var order = BinaryPrimitives.ReadUInt16LittleEndian(record);
        return Part(record, index == 0 ? 0 : 1 + _orders.Place(order, index - 1));
    }

    /// <summary>The numbers of the tags, in the order they were sent.</summary>
    public static IEnumerable<int> TagParts(KeyBytes record) => Enumerable.Range(1, Math.Max(0, PartCount(record.Span) - 1)).Select(place => Part(record.Span, place));

    private KeyBytes? Encode(ReadOnlySpan<byte> raw, ReadOnlySpan<int> sorted)
    {
        Span<char> places = sorted.Length <= 256 ? stackalloc char[sorted.Length - 1] : new char[sorted.Length - 1];
        var sent = new List<int>(sorted.Length);
        var pieces = new KeyPieces(raw);
        while (pieces.MoveNext())
        {
            var number = Parts.Find(pieces.Current);
            var place = number < 0 ? -1 : sorted.IndexOf(number);
            if (place < 0 || sent.Count == sorted.Length || (place == 0) != (sent.Count == 0))
            {
                return null;
            }

            if (place > 0)
            {
                places[place - 1] = (char)(sent.Count - 1);
            }

            sent.Add(number);
        }

        return sent.Count == sorted.Length && _orders.Use(places) is var order and >= 0 ? Record(order, CollectionsMarshal.AsSpan(sent)) : null;
    }

    private KeyBytes Record(int order, ReadOnlySpan<int> numbers)
    {
        var bytes = new byte[OrderBytes + (numbers.Length * NumberBytes)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)order);
        var at = OrderBytes;
        foreach (var number in numbers)
        {
            (bytes[at], bytes[at + 1], bytes[at + 2]) = ((byte)number, (byte)(number >> 8), (byte)(number >> 16));
            at += NumberBytes;
        }

        return _records.Add(bytes);
    }

    private static byte[] Whole(ReadOnlySpan<byte> key)
    {
        var whole = new byte[OrderBytes + key.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(whole, AsItIs);
        key.CopyTo(whole.AsSpan(OrderBytes));
        return whole;
    }

    private static bool IsWhole(ReadOnlySpan<byte> record) => record.Length < OrderBytes || BinaryPrimitives.ReadUInt16LittleEndian(record) == AsItIs;

    private static int Part(ReadOnlySpan<byte> record, int place) => NumberAt(record, OrderBytes + (place * NumberBytes));

    private static int NumberAt(ReadOnlySpan<byte> record, int at) => record[at] | (record[at + 1] << 8) | (record[at + 2] << 16);
}

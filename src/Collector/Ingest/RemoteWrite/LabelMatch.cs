using System.Buffers;
using System.Runtime.CompilerServices;

namespace NocMonitor.Collector.Ingest.RemoteWrite;

/// <summary>
/// Compares the labels of a series, as a sender wrote them, with the key of a known one, without writing anything. Only plain keys can be: those in which nothing is escaped, so that
/// they stand there as in the labels.
/// </summary>
internal static class LabelMatch
{
    private const byte LabelKey = (RemoteWriteMessage.Label << 3) | (int)WireType.Length;
    private const byte NameKey = (RemoteWriteMessage.LabelName << 3) | (int)WireType.Length;
    private const byte ValueKey = (RemoteWriteMessage.LabelValue << 3) | (int)WireType.Length;

    /// <summary>What labels may not have for their text to be the same in a key; without the comma and the equals sign, which part a key.</summary>
    private static readonly SearchValues<byte> NotPlain = SearchValues.Create([.. Enumerable.Range(0, 33).Select(code => (byte)code), .. "\\\x7f"u8]);

    /// <summary>The number of tags of a plain key; -1 when it is not.</summary>
    public static int TagsOfPlain(ReadOnlySpan<byte> key) =>
        key.ContainsAny(NotPlain) || key[0] == '#' || key.IndexOf(",__name__="u8) >= 0 ? -1 : key.Count((byte)',');

    /// <summary>
    /// Whether the labels, which a series has in front, are all those of a plain key in the same order, the name first. As many labels as the key has tags, that is commas, leave none for a label's own text; and
    /// an equals sign in a tag would be escaped.
    /// </summary>
    /// <returns>Where the labels end, or -1 when they are others, or written in a way that only looking up tells.</returns>
    public static int EndOfLabels(ReadOnlySpan<byte> series, ReadOnlySpan<byte> key, int tags)
    {
        var at = 0;
        if (!TryReadLabel(series, ref at, out var name, out var value) || !name.SequenceEqual(RemoteWriteMessage.MetricName) || !key.StartsWith(value))
        {
            return -1;
        }

        key = key[value.Length..];
        for (; tags > 0; tags--)
        {
            if (!TryReadLabel(series, ref at, out name, out value) || !TryTake(ref key, name, value))
            {
                return -1;
            }
        }

        return key.IsEmpty && (at == series.Length || series[at] != LabelKey) ? at : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryTake(scoped ref ReadOnlySpan<byte> key, scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        var equals = 1 + name.Length;
        var end = equals + 1 + value.Length;
        if (key.Length < end || value.IsEmpty || key[0] != ',' || key[equals] != '=' || !key[1..equals].SequenceEqual(name) || !key[(equals + 1)..end].SequenceEqual(value))
        {
            return false;
        }

        key = key[end..];
        return true;
    }

    /// <summary>A label with its name and its value in this order, as all senders write it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadLabel(ReadOnlySpan<byte> series, scoped ref int at, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = value = default;
        return TryReadText(series, LabelKey, ref at, out var label) && TryReadParts(label, out name, out value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadParts(ReadOnlySpan<byte> label, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var at = 0;
        value = default;
        return TryReadText(label, NameKey, ref at, out name) && TryReadText(label, ValueKey, ref at, out value) && at == label.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadText(ReadOnlySpan<byte> message, byte key, scoped ref int at, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (message.Length - at < 2 || message[at] != key)
        {
            return false;
        }

        int length = message[at + 1];
        at += 2;
        if (length >= 0x80)
        {
            // Longer lengths than these two bytes tell are for the general reader.
            if (at == message.Length || message[at] >= 0x80)
            {
                return false;
            }

            length = (length & 0x7F) | (message[at++] << 7);
        }

        if (length > message.Length - at)
        {
            return false;
        }

        text = message.Slice(at, length);
        at += length;
        return true;
    }
}

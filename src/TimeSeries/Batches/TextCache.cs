using System.Text;
using NocMonitor.LineProtocol;

namespace NocMonitor.TimeSeries.Batches;

/// <summary>
/// Strings that were seen lately, found by their UTF-8 bytes: status texts repeat, and a repeated one costs no allocation. Shared by all
/// threads without a lock: a slot is one reference, a lost race only costs a string.
/// </summary>
internal sealed class TextCache
{
    private const int Slots = 1024;
    private const int LongestKept = 256;

    private readonly Entry?[] _slots = new Entry?[Slots];

    public string Intern(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > LongestKept)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        ref var slot = ref _slots[KeyHash.Of(utf8) % Slots];
        var entry = Volatile.Read(ref slot);
        if (entry is not null && utf8.SequenceEqual(entry.Utf8))
        {
            return entry.Text;
        }

        var text = Encoding.UTF8.GetString(utf8);
        Volatile.Write(ref slot, new Entry(utf8.ToArray(), text));
        return text;
    }

    private sealed record Entry(byte[] Utf8, string Text);
}

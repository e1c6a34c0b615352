using System.Buffers.Text;

namespace NocMonitor.Probes.Host.SystemLoad;

/// <summary>The three load averages of /proc/loadavg: runnable and blocked threads over 1, 5 and 15 minutes.</summary>
internal readonly record struct LoadAverage(double One, double Five, double Fifteen)
{
    public static bool TryParse(ReadOnlySpan<byte> text, out LoadAverage load)
    {
        var words = new TextCursor(text);
        load = default;
        if (!TryDecimal(ref words, out var one) || !TryDecimal(ref words, out var five) || !TryDecimal(ref words, out var fifteen) || words.Rest.IsEmpty)
        {
            return false;
        }

        load = new LoadAverage(one, five, fifteen);
        return true;
    }

    private static bool TryDecimal(ref TextCursor words, out double value)
    {
        value = 0;
        return words.TryWord(out var word) && Utf8Parser.TryParse(word, out value, out var consumed) && consumed == word.Length && double.IsFinite(value);
    }
}

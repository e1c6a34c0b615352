namespace NocMonitor.Collector.Inventory.Links;

/// <summary>Ports and chassis as different devices write them: <c>Gi1/0/1</c> is <c>GigabitEthernet1/0/1</c>, <c>00-1B-21-3C-4D-5E</c> is <c>001b.213c.4d5e</c>.</summary>
internal static class PortName
{
    private const int MacDigits = 12;
    private const int LettersThatCount = 2;

    public static bool MayBeSame(IEnumerable<string> some, IEnumerable<string> others) => some.Select(Plain).Intersect(others.Select(Plain), StringComparer.Ordinal).Any();

    /// <summary>Equal for two ways to write one identifier.</summary>
    public static string Plain(string text)
    {
        var lower = string.Concat(text.Where(letter => !char.IsWhiteSpace(letter))).ToLowerInvariant();
        if (Mac(lower) is { } mac)
        {
            return mac;
        }

        // The letters of an interface's type are cut at any length; the numbers never are.
        var letters = lower.TakeWhile(char.IsAsciiLetter).Count();
        return letters > 0 && letters < lower.Length && char.IsAsciiDigit(lower[^1])
            ? string.Concat(lower.AsSpan(0, Math.Min(letters, LettersThatCount)), lower.AsSpan(letters).TrimStart('-'))
            : lower;
    }

    /// <summary>The digits of a MAC address; null when the text is none.</summary>
    public static string? Mac(string text)
    {
        var digits = string.Concat(text.Where(char.IsAsciiHexDigit)).ToLowerInvariant();
        return digits.Length == MacDigits && text.All(letter => char.IsAsciiHexDigit(letter) || letter is ':' or '-' or '.') ? digits : null;
    }
}

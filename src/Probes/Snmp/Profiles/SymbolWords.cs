using System.Globalization;

namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>Words of an enumeration, by number, or by text for a mapping of texts. Immutable.</summary>
internal sealed class SymbolWords(IReadOnlyDictionary<long, string> byNumber, IReadOnlyDictionary<string, string> byText)
{
    public IReadOnlyDictionary<long, string> ByNumber => byNumber;

    /// <summary>The word; null when the value has none.</summary>
    public string? Find(long number) => byNumber.GetValueOrDefault(number);

    /// <summary>The word of a text, which may be a number in digits.</summary>
    public string? Find(string text) =>
        byText.GetValueOrDefault(text)
        ?? (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? Find(number) : null);
}

using System.Globalization;
using System.Text;

namespace NocMonitor.Collector.Notify;

/// <summary>
/// Alertmanager's fingerprint: FNV-1a with 64 bits over the labels sorted by name, each name and value followed by 0xFF, as 16 hexadecimal
/// digits. The severity is left out, so that an alert which grows worse stays the same alert to a receiver and its end closes what its
/// beginning opened.
/// </summary>
internal static class AlertFingerprint
{
    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static string Of(IEnumerable<KeyValuePair<string, string>> labels)
    {
        var hash = OffsetBasis;
        foreach (var (name, value) in labels.Where(label => label.Key != "severity").OrderBy(label => label.Key, StringComparer.Ordinal))
        {
            hash = Add(Add(hash, name), value);
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }

    private static ulong Add(ulong hash, string text)
    {
        foreach (var part in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ part) * Prime;
        }

        return (hash ^ 0xFF) * Prime;
    }
}

using NocMonitor.LineProtocol;
using NocMonitor.Probes.Snmp.Profiles;

namespace NocMonitor.Probes.Snmp.Polling;

/// <summary>The words of enumerations.</summary>
internal static class ValueWords
{
    /// <summary>Null when the value has no word.</summary>
    public static string? Of(SymbolWords? words, FieldValue value) => (words, value.Kind) switch
    {
        (null, _) => null,
        (_, FieldKind.String) => words.Find(value.Text),
        (_, FieldKind.Float) => double.IsInteger(value.Float) ? words.Find((long)value.Float) : null,
        _ => words.Find(value.Integer),
    };
}

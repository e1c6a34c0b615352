using System.Collections.Frozen;

namespace NocMonitor.Collector.Alerts;

/// <summary>
/// What identifies and describes an alert to routes and receivers: the tags of its series that make its identity, the labels of its rule, and
/// <c>rule</c>. Severity is not among them, because it changes while the alert stays the same. Immutable.
/// </summary>
internal sealed class AlertLabels(IEnumerable<KeyValuePair<string, string>> labels)
{
    private readonly FrozenDictionary<string, string> _labels = labels.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The value of a label; empty when the alert has none of that name.</summary>
    public string this[string name] => _labels.GetValueOrDefault(name, "");

    /// <summary>All labels in order of their names.</summary>
    public IEnumerable<KeyValuePair<string, string>> InOrder => _labels.OrderBy(label => label.Key, StringComparer.Ordinal);
}

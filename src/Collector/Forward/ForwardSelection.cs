using NocMonitor.Collector.Rules.Definition;
using NocMonitor.Configuration;
using NocMonitor.LineProtocol;

namespace NocMonitor.Collector.Forward;

/// <summary>Which points a forwarder sends, and under which names.</summary>
internal sealed class ForwardSelection
{
    private readonly TagPattern? _measurements;
    private readonly SeriesMatcher _where;
    private readonly IReadOnlyList<string> _dropTags;
    private readonly TagPattern? _dropFields;
    private readonly IReadOnlyDictionary<string, string> _measurementNames;
    private readonly IReadOnlyDictionary<string, string> _tagNames;
    private readonly IReadOnlyDictionary<string, string> _fieldNames;
    private readonly IReadOnlyDictionary<string, string> _addTags;

    private ForwardSelection(OptionReader reader)
    {
        _measurements = Pattern(reader.Text("Measurements", "",
            "Which measurements: globs with * and ?, alternatives with |, and a ! in front that turns the whole around; empty: all."));
        _where = new SeriesMatcher(reader.TextMap("Where", "Which series: patterns of the same kind by tag; all must match."));
        _dropFields = Pattern(reader.Text("DropFields", "", "Fields that are not sent: patterns of the same kind."));
        _dropTags = reader.Texts("DropTags", [], "Tags that are not sent. Series that differ by them alone become one at the remote.");
        _measurementNames = reader.TextMap("RenameMeasurements", "The remote's name of a measurement by ours.");
        _tagNames = reader.TextMap("RenameTags", "The remote's name of a tag by ours.");
        _fieldNames = reader.TextMap("RenameFields", "The remote's name of a field by ours.");
        _addTags = reader.TextMap("AddTags", "Tags that every point gets, unless it has them.");
    }

    /// <summary>Whether a series goes as it stands: neither its measurement nor its tags change.</summary>
    public bool KeepsKeys => _dropTags.Count == 0 && _measurementNames.Count == 0 && _tagNames.Count == 0 && _addTags.Count == 0;

    public static ForwardSelection Read(OptionReader reader) => new(reader);

    public bool Includes(SeriesKey key) => (_measurements?.Matches(key.Measurement) ?? true) && _where.Matches(key);

    /// <summary>The series as the remote is to know it.</summary>
    public SeriesKey Rename(SeriesKey key)
    {
        var tags = new Dictionary<string, string>(_addTags, StringComparer.Ordinal);
        foreach (var (tag, value) in key.Tags)
        {
            if (!_dropTags.Contains(tag))
            {
                tags[_tagNames.GetValueOrDefault(tag, tag)] = value;
            }
        }

        return new SeriesKey(_measurementNames.GetValueOrDefault(key.Measurement, key.Measurement), tags);
    }

    /// <summary>The remote's name of a field; null when it is not sent.</summary>
    public string? FieldName(string field) => _dropFields?.Matches(field) == true ? null : _fieldNames.GetValueOrDefault(field, field);

    private static TagPattern? Pattern(string text) => text.Length == 0 ? null : new TagPattern(text);
}

using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Planning;

/// <summary>The fields and tags that the sources of one select have. Built once a select, then only read.</summary>
internal sealed class FieldMap
{
    private readonly Dictionary<string, RefType> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> _tags = new(StringComparer.Ordinal);
    private readonly HashSet<string> _shownTags = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, RefType>> Fields => _fields;

    public IEnumerable<string> Tags => _tags;

    public void Add(SeriesIndex index, string measurement)
    {
        foreach (var field in index.Fields(measurement))
        {
            AddField(field.Name, TypeOf(field.Kind));
        }

        _tags.UnionWith(index.TagKeys(measurement));
    }

    public void Add(SelectPlan inner)
    {
        foreach (var field in inner.Fields)
        {
            // A tag shown by the inner select is a text like any other field of it.
            AddField(field.Column, field.Type == RefType.Tag ? RefType.Text : field.Type);
            if (field.Type == RefType.Tag)
            {
                _shownTags.Add(field.Column);
            }
        }

        _tags.UnionWith(inner.Dimensions);
    }

    /// <summary>Whether an inner select shows a tag in a column of this name: wildcards take it for a tag.</summary>
    public bool IsShownTag(string column) => _shownTags.Contains(column);

    /// <summary>The type of a name: that of the field, else a tag, else unknown. A cast keeps its type.</summary>
    public RefType TypeOf(Reference reference) => reference.Type switch
    {
        RefType.Tag => RefType.Tag,
        RefType.AnyField => _fields.GetValueOrDefault(reference.Name),
        RefType.Unknown => _fields.TryGetValue(reference.Name, out var type) ? type : _tags.Contains(reference.Name) ? RefType.Tag : RefType.Unknown,
        var cast => cast,
    };

    public static RefType TypeOf(FieldKind kind) => kind switch
    {
        FieldKind.Float => RefType.Float,
        FieldKind.Integer => RefType.Integer,
        FieldKind.Unsigned => RefType.Unsigned,
        FieldKind.Boolean => RefType.Boolean,
        _ => RefType.Text,
    };

    public static bool IsNumber(FieldKind kind) => kind is FieldKind.Float or FieldKind.Integer or FieldKind.Unsigned;

    /// <summary>Where measurements disagree the wider type counts, in the order of the enumeration.</summary>
    private void AddField(string name, RefType type)
    {
        if (type != RefType.Unknown && (!_fields.TryGetValue(name, out var known) || type < known))
        {
            _fields[name] = type;
        }
    }
}

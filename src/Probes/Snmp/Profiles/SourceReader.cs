using NocMonitor.Probes.Snmp.Profiles.Expressions;
using NocMonitor.Probes.Snmp.Profiles.Yaml;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>Reads the keys that say where a symbol's value comes from. Stateless.</summary>
internal static class SourceReader
{
    public static IReadOnlyList<string> Keys { get; } = ["OID", "value", "template", "constant", "index", "index_range"];

    public static ProfileSymbol Apply(MappingReader reader, ProfileSymbol symbol) => symbol with
    {
        Oid = reader.Oid("OID"),
        Value = Parsed(reader, "value", static text => (NumberExpression.TryParse(text, out var error), error)),
        Template = TemplateOf(reader),
        Constant = reader.Text("constant"),
        Index = IndexOf(reader),
        Table = reader.Text("table"),
        Row = RowOf(reader),
    };

    public static TextTemplate? TemplateOf(MappingReader reader) =>
        Parsed(reader, "template", static text => (TextTemplate.TryParse(text, out var error), error));

    /// <summary>Which row of the object's table is meant; null for the entry's own.</summary>
    public static RowLookup? RowOf(MappingReader reader)
    {
        var slices = SlicesOf(reader);
        var from = FromOf(reader);
        Oid? fixedRow = null;
        if (reader.Text("row") is { } text)
        {
            // An index may be a single arc, so it is read behind two others.
            if (Oid.TryParse($"0.0.{text.TrimStart('.')}", out var found))
            {
                fixedRow = Oid.FromEncoded(found.Encoded[1..]);
            }
            else
            {
                reader.Error("row", $"'{text}' is not the index of a row");
            }
        }

        return slices.Count > 0 || from is not null || fixedRow is not null ? new RowLookup(slices, from, fixedRow) : null;
    }

    private static ProfileSymbol? FromOf(MappingReader reader) => reader.Find("index_from") switch
    {
        null => null,
        { Kind: YamlKind.Scalar } name => new ProfileSymbol { Place = name.Place, Name = name.Text.Trim() },
        _ => reader.Section("index_from", SymbolReader.ReadCell),
    };

    private static List<IndexSlice> SlicesOf(MappingReader reader)
    {
        var slices = new List<IndexSlice>();
        reader.Sections("index_transform", slice =>
        {
            var start = slice.Integer("start", 0, Oid.MostArcs);
            var end = slice.Integer("end", 0, Oid.MostArcs);
            if (start is { } from && end is { } to && to >= from)
            {
                slices.Add(new IndexSlice(from, to));
            }
            else
            {
                slice.Faults.Error(slice.Place, "an index_transform needs start and end, the end not before the start");
            }

            return slices;
        });
        return slices;
    }

    private static IndexPart? IndexOf(MappingReader reader)
    {
        var format = IndexFormatOf(reader);
        if (reader.Integer("index", 1, Oid.MostArcs) is { } arc)
        {
            return new IndexPart(arc - 1, arc - 1, format);
        }

        IndexPart? part = null;
        reader.Section("index_range", range =>
        {
            var start = range.Integer("start", 1, Oid.MostArcs) ?? 1;
            var end = range.Integer("end", 1, Oid.MostArcs);
            if (end < start)
            {
                range.Error("end", "the end of an index_range is before its start");
            }

            part = new IndexPart(start - 1, end - 1, format);
            return part;
        });
        return part;
    }

    private static IndexFormat IndexFormatOf(MappingReader reader)
    {
        switch (reader.Text("index_format"))
        {
            case null or "dotted":
                return IndexFormat.Dotted;
            case "ip":
                return IndexFormat.Ip;
            case "inet":
                return IndexFormat.Inet;
            case "mac":
                return IndexFormat.Mac;
            case "string":
                return IndexFormat.String;
            case var other:
                reader.Faults.Unsupported(reader.PlaceOf("index_format"), $"unknown index_format {other}");
                return IndexFormat.Dotted;
        }
    }

    private static T? Parsed<T>(MappingReader reader, string name, Func<string, (T? Value, string Error)> parse)
        where T : class
    {
        if (reader.Text(name) is not { } text)
        {
            return null;
        }

        var (value, error) = parse(text);
        if (value is null)
        {
            reader.Error(name, $"{name}: {error}");
        }

        return value;
    }
}

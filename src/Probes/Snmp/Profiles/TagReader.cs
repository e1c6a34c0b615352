using NocMonitor.Probes.Snmp.Profiles.Yaml;

namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>Reads <c>metric_tags</c> and <c>static_tags</c>. Stateless.</summary>
internal static class TagReader
{
    public static ProfileTag? Read(MappingReader reader)
    {
        var source = SourceOf(reader);
        var matched = reader.Map("tags")
            .Select(member => KeyValuePair.Create(member.Name, reader.TextOf(member.Node, "tags")?.Replace("\\", "$", StringComparison.Ordinal) ?? ""))
            .Where(pair => pair.Value.Length > 0).ToList();
        var match = reader.Pattern("match");
        var name = reader.Text("tag") ?? source?.Alias ?? (source?.Name is { Length: > 0 } own ? own : null);
        var isIdentity = reader.Flag("identity");
        if (source is null)
        {
            return null;
        }

        if (name is null && matched.Count == 0)
        {
            reader.Faults.Error(reader.Place, "the tag has no name");
            return null;
        }

        return new ProfileTag
        {
            Place = reader.Place,
            Name = name ?? matched[0].Key,
            Source = source,
            Match = match,
            Matched = matched,
            IsIdentity = isIdentity,
        };
    }

    /// <summary>Texts such as <c>key:value</c>.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> StaticTags(MappingReader reader)
    {
        var tags = new List<KeyValuePair<string, string>>();
        foreach (var text in reader.Texts("static_tags"))
        {
            if (text.Text.Split(':', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } key, { Length: > 0 } value])
            {
                tags.Add(KeyValuePair.Create(key, value));
            }
            else
            {
                reader.Faults.Error(text.Place, $"'{text.Text}' is not key:value");
            }
        }

        return tags;
    }

    /// <summary>The column may stand in <c>column</c> or <c>symbol</c>, or its keys beside the tag's own; what says the row may stand at either.</summary>
    private static ProfileSymbol? SourceOf(MappingReader reader)
    {
        reader.Accept("MIB", "name", "description");
        var inner = reader.Section("column", SymbolReader.Read);
        var hasInner = reader.Find("column") is not null;
        if (reader.Find("symbol") is { Kind: YamlKind.Mapping })
        {
            inner = reader.Section("symbol", SymbolReader.Read);
            hasInner = true;
        }

        return hasInner ? inner is null ? null : WithOuterKeys(inner, reader) : SymbolReader.Read(reader);
    }

    private static ProfileSymbol WithOuterKeys(ProfileSymbol symbol, MappingReader reader)
    {
        var row = SourceReader.RowOf(reader);
        var words = WordReader.Read(reader);
        var template = SourceReader.TemplateOf(reader);
        return ConversionReader.Apply(reader, symbol with
        {
            Table = symbol.Table ?? reader.Text("table"),
            Row = symbol.Row ?? row,
            Words = symbol.Words ?? words,
            Template = symbol.Template ?? template,
            Where = [.. symbol.Where, .. ConditionReader.Read(reader)],
        });
    }
}

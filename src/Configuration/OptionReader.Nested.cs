namespace NocMonitor.Configuration;

/// <summary>Lists, maps and sections inside a section.</summary>
public sealed partial class OptionReader
{
    /// <summary>A list of texts; one bare text counts as a list of one.</summary>
    public IReadOnlyList<string> Texts(string name, IReadOnlyList<string> fallback, string help)
    {
        Describe(new OptionDescription(name, OptionKind.TextList, help) { Default = string.Join(", ", fallback) });
        var node = Find(name);
        if (node is null)
        {
            return fallback;
        }

        return node.Kind == ConfigKind.Array
            ? [.. node.Items.Where(IsText).Select(item => item.Text)]
            : IsText(node) ? [node.Text] : fallback;
    }

    /// <summary>Names with texts, such as headers or tags.</summary>
    public IReadOnlyDictionary<string, string> TextMap(string name, string help)
    {
        Describe(new OptionDescription(name, OptionKind.TextMap, help));
        return Members(name).Where(member => IsText(member.Value))
            .ToDictionary(member => member.Key, member => member.Value.Text, StringComparer.Ordinal);
    }

    /// <summary>A section of its own reader. An absent section is read as an empty one, so that its defaults stand in one place.</summary>
    public T Section<T>(string name, Func<OptionReader, T> read, string help)
    {
        Describe(new OptionDescription(name, OptionKind.Section, help) { Inner = InnerSchema(read) });
        return ReadInner(Find(name) ?? ConfigNode.Empty(ConfigNode.MemberPath(_node.Path, name), _node.Place), read);
    }

    /// <summary>A section that may be absent; null when it is.</summary>
    public T? OptionalSection<T>(string name, Func<OptionReader, T> read, string help)
        where T : class
    {
        Describe(new OptionDescription(name, OptionKind.Section, help) { Inner = InnerSchema(read) });
        return Find(name) is { } node ? ReadInner(node, read) : null;
    }

    /// <summary>A list of sections.</summary>
    public IReadOnlyList<T> Sections<T>(string name, Func<OptionReader, T> read, string help)
    {
        Describe(new OptionDescription(name, OptionKind.SectionList, help) { Inner = InnerSchema(read) });
        var node = Find(name);
        if (node is not null and not { Kind: ConfigKind.Array })
        {
            Fail(name, $"expected a list in brackets, not {node.Shape}");
        }

        return [.. (node?.Items ?? []).Select(item => ReadInner(item, read))];
    }

    /// <summary>Sections by name; the reader is given the name.</summary>
    public IReadOnlyDictionary<string, T> SectionMap<T>(string name, Func<string, OptionReader, T> read, string help)
    {
        Describe(new OptionDescription(name, OptionKind.SectionMap, help) { Inner = InnerSchema(reader => read("", reader)) });
        return Members(name).ToDictionary(
            member => member.Key, member => ReadInner(member.Value, reader => read(member.Key, reader)), StringComparer.OrdinalIgnoreCase);
    }

    private OptionSchema? InnerSchema<T>(Func<OptionReader, T> read) => Describing ? OptionSchema.Describe(read) : null;

    private T ReadInner<T>(ConfigNode node, Func<OptionReader, T> read)
    {
        var inner = new OptionReader(node, _errors, _warnings) { _parent = this };
        var value = read(inner);
        inner.Complete();
        TakeOver(inner);
        return value;
    }

    private IEnumerable<KeyValuePair<string, ConfigNode>> Members(string name)
    {
        var node = Find(name);
        if (node is not null and not { Kind: ConfigKind.Object })
        {
            Fail(name, $"expected a section in braces, not {node.Shape}");
        }

        return node?.Members ?? ConfigNode.Empty("", _node.Place).Members;
    }

    private bool IsText(ConfigNode node)
    {
        if (node.Kind is ConfigKind.String or ConfigKind.Number or ConfigKind.Boolean)
        {
            return true;
        }

        _errors.Add(new ConfigError(node.Place, node.Path, $"expected one value, not {node.Shape}"));
        return false;
    }
}

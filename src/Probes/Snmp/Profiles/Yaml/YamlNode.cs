using NocMonitor.Configuration;

namespace NocMonitor.Probes.Snmp.Profiles.Yaml;

internal enum YamlKind
{
    Scalar,
    Sequence,
    Mapping,
}

/// <summary>One value of a YAML file with its place. An alias is the node of its anchor, so the nodes form a graph without cycles.</summary>
internal sealed class YamlNode(YamlKind kind, ConfigPlace place)
{
    public YamlKind Kind => kind;

    public ConfigPlace Place => place;

    /// <summary>The text of a scalar; empty for other kinds.</summary>
    public string Text { get; init; } = "";

    /// <summary>A scalar written without quotes: only such a one can be null, true or false.</summary>
    public bool IsPlain { get; init; }

    public IReadOnlyList<YamlNode> Items { get; init; } = [];

    /// <summary>Members of a mapping in their order, each name once.</summary>
    public IReadOnlyList<YamlMember> Members { get; init; } = [];

    public bool IsNull => kind == YamlKind.Scalar && IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";

    public YamlMember? Find(string name)
    {
        foreach (var member in Members)
        {
            if (member.Name == name)
            {
                return member;
            }
        }

        return null;
    }

    /// <summary>The shape in the words of an error message.</summary>
    public string Shape => kind switch
    {
        YamlKind.Sequence => "a list",
        YamlKind.Mapping => "a mapping",
        _ => IsNull ? "nothing" : "a text",
    };
}

/// <summary>A key with its value.</summary>
internal sealed record YamlMember(string Name, ConfigPlace Place, YamlNode Node);

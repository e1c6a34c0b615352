using System.Globalization;
using System.Text;

namespace NocMonitor.Configuration;

/// <summary>The six shapes a configuration value can have in JSON.</summary>
public enum ConfigKind
{
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}

/// <summary>One value of a configuration file together with the place it came from. Immutable after parsing.</summary>
public sealed class ConfigNode
{
    private static readonly Dictionary<string, ConfigNode> NoMembers = [];

    private ConfigNode(ConfigKind kind, string path, ConfigPlace place)
    {
        Kind = kind;
        Path = path;
        Place = place;
    }

    public ConfigKind Kind { get; }

    /// <summary>The way from the root, as in <c>Agent.Probes[2].Timeout</c>; empty for the root.</summary>
    public string Path { get; }

    public ConfigPlace Place { get; }

    /// <summary>The text of a string, number or boolean as written; empty for other kinds.</summary>
    public string Text { get; private init; } = "";

    public IReadOnlyList<ConfigNode> Items { get; private init; } = [];

    /// <summary>Members of an object by name, upper and lower case alike; empty for other kinds.</summary>
    public IReadOnlyDictionary<string, ConfigNode> Members { get; private init; } = NoMembers;

    public static ConfigNode Scalar(ConfigKind kind, string path, ConfigPlace place, string text) => new(kind, path, place) { Text = text };

    public static ConfigNode Array(string path, ConfigPlace place, IReadOnlyList<ConfigNode> items) =>
        new(ConfigKind.Array, path, place) { Items = items };

    public static ConfigNode Object(string path, ConfigPlace place, IReadOnlyDictionary<string, ConfigNode> members) =>
        new(ConfigKind.Object, path, place) { Members = members };

    /// <summary>An object without members: what an absent file or section reads as.</summary>
    public static ConfigNode Empty(string path, ConfigPlace place) => Object(path, place, NoMembers);

    public ConfigNode? Find(string name) => Members.GetValueOrDefault(name);

    /// <summary>The value as text without layout, keys sorted: equal for two nodes that say the same.</summary>
    public string Canonical()
    {
        var text = new StringBuilder();
        AppendTo(text);
        return text.ToString();
    }

    private void AppendTo(StringBuilder text)
    {
        // Lengths keep neighbouring texts apart without any escaping.
        text.Append(CultureInfo.InvariantCulture, $"{(int)Kind}:{Text.Length}:{Text}");
        foreach (var item in Items)
        {
            item.AppendTo(text.Append('['));
        }

        foreach (var (name, node) in Members.OrderBy(member => member.Key, StringComparer.OrdinalIgnoreCase))
        {
            node.AppendTo(text.Append(CultureInfo.InvariantCulture, $"{{{name.Length}:{name.ToUpperInvariant()}"));
        }

        text.Append(')');
    }

    internal static string MemberPath(string parent, string name) => parent.Length == 0 ? name : $"{parent}.{name}";

    /// <summary>The shape in the words of an error message.</summary>
    internal string Shape => Kind switch
    {
        ConfigKind.Null => "null",
        ConfigKind.Boolean => "true or false",
        ConfigKind.Number => "a number",
        ConfigKind.String => "a text",
        ConfigKind.Array => "a list",
        _ => "a section",
    };
}

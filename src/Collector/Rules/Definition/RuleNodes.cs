using NocMonitor.Configuration;

namespace NocMonitor.Collector.Rules.Definition;

/// <summary>Rules as they are written, before they are compiled.</summary>
internal static class RuleNodes
{
    /// <summary>All entries of all files of the rules' folder, in order.</summary>
    /// <param name="events">Takes the entries of <c>Events</c>.</param>
    public static IEnumerable<ConfigNode> Read(RulesOptions options, ICollection<ConfigNode> events, ICollection<ConfigError> errors)
    {
        if (RuleFolder.Find(options.Directory) is { } folder)
        {
            return RuleFolder.Files(folder).SelectMany(file => Of(ConfigSources.ReadFile(file, errors), events, errors));
        }

        errors.Add(new ConfigError(new ConfigPlace(options.Directory, 0, 0), "", "there is no such folder of rules"));
        return [];
    }

    /// <summary>The entries of one rule file.</summary>
    /// <inheritdoc cref="Read"/>
    public static IReadOnlyList<ConfigNode> Of(ConfigNode root, ICollection<ConfigNode> events, ICollection<ConfigError> errors)
    {
        foreach (var (key, node) in root.Members)
        {
            if (key.ToUpperInvariant() is not ("RULES" or "EVENTS") && !key.StartsWith('$'))
            {
                errors.Add(new ConfigError(node.Place, node.Path, "unknown key; a rule file has Rules and Events"));
            }
        }

        foreach (var node in List(root, "Events", errors))
        {
            events.Add(node);
        }

        return List(root, "Rules", errors);
    }

    /// <summary>An entry with what the configuration says differently.</summary>
    public static ConfigNode Override(ConfigNode node, RulesOptions options) =>
        options.Overrides.TryGetValue(NameOf(node), out var other) ? ConfigSources.Merge(node, other.Node) : node;

    public static string NameOf(ConfigNode node) => node.Find("Name")?.Text ?? "";

    private static IReadOnlyList<ConfigNode> List(ConfigNode root, string key, ICollection<ConfigError> errors)
    {
        var list = root.Find(key);
        if (list is not null and not { Kind: ConfigKind.Array })
        {
            errors.Add(new ConfigError(list.Place, list.Path, $"expected a list of {key.ToLowerInvariant()} in brackets"));
        }

        return list?.Items ?? [];
    }
}

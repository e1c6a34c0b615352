using System.Collections;

namespace NocMonitor.Configuration;

/// <summary>Layers of configuration: files first, in order, environment variables last. Sections merge key by key; a list or a value is replaced whole.</summary>
public static class ConfigSources
{
    /// <summary>Reads a file of at most 16 MiB. A missing or unreadable file is an error in words, never an exception.</summary>
    public static ConfigNode ReadFile(string file, ICollection<ConfigError> errors)
    {
        const long largest = 16 << 20;
        var start = new ConfigPlace(file, 1, 1);
        try
        {
            using var stream = File.OpenRead(file);
            if (stream.Length <= largest)
            {
                var utf8 = new byte[stream.Length];
                stream.ReadExactly(utf8);
                return JsonConfigParser.Parse(file, utf8, errors);
            }

            errors.Add(new ConfigError(start, "", "larger than 16 MiB; a configuration file is not"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.Add(new ConfigError(new ConfigPlace(file, 0, 0), "", $"cannot be read: {exception.Message}"));
        }

        return ConfigNode.Empty("", start);
    }

    /// <summary>The upper layer over the lower: where both have a section the keys of both count, otherwise the upper value stands.</summary>
    public static ConfigNode Merge(ConfigNode lower, ConfigNode upper)
    {
        if (lower.Kind != ConfigKind.Object || upper.Kind != ConfigKind.Object)
        {
            return upper;
        }

        var members = new Dictionary<string, ConfigNode>(lower.Members, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, node) in upper.Members)
        {
            members[name] = members.TryGetValue(name, out var below) ? Merge(below, node) : node;
        }

        return ConfigNode.Object(lower.Path, lower.Place, members);
    }

    /// <summary>
    /// Lays environment variables over a configuration: <c>NOCMONITOR_Agent__Spool__MaxBytes=1GiB</c> sets <c>Agent.Spool.MaxBytes</c>, a number
    /// counts a list's items from 0, and one past the end adds an item.
    /// </summary>
    /// <param name="prefix">Such as <c>NOCMONITOR_</c>; upper and lower case alike.</param>
    public static ConfigNode OverlayEnvironment(ConfigNode root, string prefix, IDictionary variables)
    {
        var names = variables.Keys.OfType<string>()
            .Where(name => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && name.Length > prefix.Length)
            .Order(StringComparer.OrdinalIgnoreCase);
        foreach (var name in names)
        {
            var place = ConfigPlace.Environment(name);
            root = Set(root, name[prefix.Length..].Split("__"), "", place, variables[name] as string ?? "");
        }

        return root;
    }

    private static ConfigNode Set(ConfigNode? node, ReadOnlySpan<string> keys, string path, ConfigPlace place, string text)
    {
        if (keys.IsEmpty)
        {
            return ConfigNode.Scalar(ConfigKind.String, path, place, text);
        }

        if (int.TryParse(keys[0], out var index) && node is null or { Kind: ConfigKind.Array } && index >= 0)
        {
            var items = node?.Items.ToList() ?? [];
            index = Math.Min(index, items.Count);
            var item = Set(index < items.Count ? items[index] : null, keys[1..], $"{path}[{index}]", place, text);
            if (index < items.Count)
            {
                items[index] = item;
            }
            else
            {
                items.Add(item);
            }

            return ConfigNode.Array(path, node?.Place ?? place, items);
        }

        var members = new Dictionary<string, ConfigNode>(node?.Members ?? ConfigNode.Empty(path, place).Members, StringComparer.OrdinalIgnoreCase);
        var memberPath = ConfigNode.MemberPath(path, keys[0]);
        members[keys[0]] = Set(members.GetValueOrDefault(keys[0]), keys[1..], memberPath, place, text);
        return ConfigNode.Object(path, node?.Place ?? place, members);
    }
}

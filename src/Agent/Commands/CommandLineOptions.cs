using NocMonitor.Configuration;

namespace NocMonitor.Agent.Commands;

/// <summary>Reads <c>Name=Value</c> arguments into the configuration that they would be in a file.</summary>
internal static class CommandLineOptions
{
    public static ConfigNode Parse(IReadOnlyList<string> arguments, ICollection<ConfigError> errors)
    {
        var pairs = new List<(string[] Names, string Value)>();
        foreach (var argument in arguments)
        {
            if (argument.IndexOf('=', StringComparison.Ordinal) is var equals and > 0)
            {
                pairs.Add((argument[..equals].Split('.'), argument[(equals + 1)..]));
            }
            else
            {
                errors.Add(new ConfigError(PlaceOf(argument), "", "expected Name=Value"));
            }
        }

        return Section("", pairs);
    }

    private static ConfigNode Section(string path, IReadOnlyList<(string[] Names, string Value)> pairs)
    {
        var members = new Dictionary<string, ConfigNode>(StringComparer.OrdinalIgnoreCase);
        foreach (var group in pairs.GroupBy(pair => pair.Names[0], StringComparer.OrdinalIgnoreCase))
        {
            members[group.Key] = Member(path.Length == 0 ? group.Key : $"{path}.{group.Key}", [.. group]);
        }

        return ConfigNode.Object(path, PlaceOf(path), members);
    }

    private static ConfigNode Member(string path, IReadOnlyList<(string[] Names, string Value)> pairs)
    {
        if (pairs.Any(pair => pair.Names.Length > 1))
        {
            return Section(path, [.. pairs.Where(pair => pair.Names.Length > 1).Select(pair => (pair.Names[1..], pair.Value))]);
        }

        var values = pairs.Select(pair => ConfigNode.Scalar(ConfigKind.String, path, PlaceOf(path), pair.Value)).ToList();
        return values.Count == 1 ? values[0] : ConfigNode.Array(path, PlaceOf(path), values);
    }

    private static ConfigPlace PlaceOf(string option) => new($"--option {option}".TrimEnd(), 0, 0);
}

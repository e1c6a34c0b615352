using System.Globalization;
using System.Text.RegularExpressions;
using NocMonitor.Configuration;
using NocMonitor.Probes.Snmp.Profiles.Yaml;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>Reads the keys of one mapping, notes every fault with its place, and in the end every key that nobody asked for. One owner.</summary>
internal sealed class MappingReader(YamlNode node, ProfileFaults faults)
{
    /// <summary>A pattern that takes longer on a text of the network counts as not matching.</summary>
    private static readonly TimeSpan MatchLimit = TimeSpan.FromMilliseconds(100);

    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public ConfigPlace Place => node.Place;

    public ProfileFaults Faults => faults;

    public IReadOnlyList<YamlMember> Members => node.Members;

    public YamlNode? Find(string name)
    {
        _asked.Add(name);
        return node.Find(name)?.Node is { IsNull: false } found ? found : null;
    }

    public ConfigPlace PlaceOf(string name) => node.Find(name)?.Place ?? node.Place;

    public void Error(string name, string message) => faults.Error(PlaceOf(name), message);

    /// <summary>Keys that are understood and change nothing here.</summary>
    public void Accept(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _asked.Add(name);
        }
    }

    /// <summary>Notes a key as known and not supported.</summary>
    public void Refuse(string name, string why)
    {
        if (Find(name) is not null)
        {
            faults.Unsupported(PlaceOf(name), $"{name} has no effect here: {why}");
        }
    }

    public string? Text(string name) => Find(name) is { } found ? TextOf(found, name) : null;

    public string? TextOf(YamlNode found, string name)
    {
        if (found.Kind == YamlKind.Scalar)
        {
            return found.Text.Trim();
        }

        faults.Error(found.Place, $"{name} must be a text, not {found.Shape}");
        return null;
    }

    public bool Flag(string name) => Flag(name, false);

    public bool Flag(string name, bool fallback)
    {
        switch (Text(name)?.ToUpperInvariant())
        {
            case null:
                return fallback;
            case "TRUE" or "YES" or "ON":
                return true;
            case "FALSE" or "NO" or "OFF":
                return false;
            default:
                Error(name, $"{name} must be true or false");
                return fallback;
        }
    }

    public int? Integer(string name, int low, int high)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= low && value <= high)
        {
            return value;
        }

        Error(name, $"{name} must be a whole number from {low} to {high}");
        return null;
    }

    public double? Number(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
        {
            return value;
        }

        Error(name, $"{name} must be a number");
        return null;
    }

    public Oid? Oid(string name) => Find(name) is { } found ? OidOf(found, name) : null;

    public Oid? OidOf(YamlNode found, string name)
    {
        if (TextOf(found, name) is not { } text)
        {
            return null;
        }

        if (Protocol.Oid.TryParse(text, out var oid))
        {
            return oid;
        }

        faults.Error(found.Place, $"'{text}' is not an object identifier");
        return null;
    }

    public Regex? Pattern(string name) => Find(name) is { } found && TextOf(found, name) is { } text ? PatternOf(found.Place, text) : null;

    public Regex? PatternOf(ConfigPlace place, string text)
    {
        try
        {
            // The ecosystem's names for groups are those of RE2.
            return new Regex(text.Replace("(?P<", "(?<", StringComparison.Ordinal), RegexOptions.CultureInvariant, MatchLimit);
        }
        catch (ArgumentException exception)
        {
            faults.Error(place, $"not a regular expression: {exception.Message}");
            return null;
        }
    }

    /// <summary>A list of texts; one bare text counts as a list of one.</summary>
    public IReadOnlyList<YamlNode> Texts(string name)
    {
        if (Find(name) is not { } found)
        {
            return [];
        }

        IReadOnlyList<YamlNode> items = found.Kind == YamlKind.Sequence ? found.Items : [found];
        return [.. items.Where(item => TextOf(item, name) is not null)];
    }

    /// <summary>A list of mappings; one bare mapping counts as a list of one. What the reader cannot use it gives as null.</summary>
    public IReadOnlyList<T> Sections<T>(string name, Func<MappingReader, T?> read)
        where T : class
    {
        if (Find(name) is not { } found)
        {
            return [];
        }

        IReadOnlyList<YamlNode> items = found.Kind == YamlKind.Sequence ? found.Items : [found];
        return [.. items.Select(item => SectionOf(item, name, read)).OfType<T>()];
    }

    public T? Section<T>(string name, Func<MappingReader, T?> read)
        where T : class =>
        Find(name) is { } found ? SectionOf(found, name, read) : null;

    public T? SectionOf<T>(YamlNode found, string name, Func<MappingReader, T?> read)
        where T : class
    {
        if (found.Kind != YamlKind.Mapping)
        {
            faults.Error(found.Place, $"{name} must be a mapping, not {found.Shape}");
            return null;
        }

        var inner = new MappingReader(found, faults);
        var value = read(inner);
        inner.Complete();
        return value;
    }

    /// <summary>Names with scalars in their order, such as an enumeration.</summary>
    public IReadOnlyList<YamlMember> Map(string name)
    {
        if (Find(name) is not { } found)
        {
            return [];
        }

        if (found.Kind == YamlKind.Mapping)
        {
            return found.Members;
        }

        faults.Error(found.Place, $"{name} must be a mapping, not {found.Shape}");
        return [];
    }

    /// <summary>Reports every key that no call asked for, with the nearest known name.</summary>
    public void Complete()
    {
        foreach (var member in node.Members)
        {
            if (!_asked.Contains(member.Name))
            {
                faults.Unsupported(member.Place, $"unknown key {member.Name}{Suggestion.For(member.Name, _asked)}");
            }
        }
    }
}

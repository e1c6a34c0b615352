namespace NocMonitor.Configuration;

/// <summary>
/// Reads the options of one section: each call names an option, its default, its range and what it means, and gives the value or, after
/// an error was noted, the default. Nothing throws for bad input; all errors of a file come together. Call <see cref="Complete"/> at the end
/// to report keys that nobody asked for. One thread at a time.
/// </summary>
public sealed partial class OptionReader
{
    private readonly ConfigNode _node;
    private readonly ICollection<ConfigError> _errors;
    private readonly ICollection<ConfigError>? _warnings;
    private readonly List<OptionDescription>? _described;
    private readonly HashSet<string> _asked = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="warnings">Takes what is allowed and unwise; null when nobody wants to know.</param>
    public OptionReader(ConfigNode node, ICollection<ConfigError> errors, ICollection<ConfigError>? warnings = null)
    {
        _node = node;
        _errors = errors;
        _warnings = warnings;
        if (node.Kind != ConfigKind.Object)
        {
            errors.Add(new ConfigError(node.Place, node.Path, $"expected a section in braces, not {node.Shape}"));
        }
    }

    internal OptionReader(List<OptionDescription> described)
    {
        _node = ConfigNode.Empty("", new ConfigPlace("", 0, 0));
        _errors = [];
        _described = described;
    }

    /// <summary>Where this section stands; relative file names are taken from there.</summary>
    public ConfigPlace Place => _node.Place;

    public string Path => _node.Path;

    /// <summary>The section as written, for who lays sections over one another before reading them.</summary>
    public ConfigNode Node => _node;

    /// <summary>True when the reader runs without input, only to learn which options there are.</summary>
    public bool Describing => _described is not null;

    public bool Has(string name) => _node.Find(name) is { Kind: not ConfigKind.Null };

    /// <summary>The place of an option's value, or of the section when it is absent.</summary>
    public ConfigPlace PlaceOf(string name) => _node.Find(name)?.Place ?? _node.Place;

    /// <summary>Equal for two sections that say the same, whatever their layout, order of keys and place.</summary>
    public string Fingerprint => _node.Canonical();

    /// <summary>
    /// A file or folder named in the configuration, made absolute: a relative one counts from the folder of the file it is written in, and from the
    /// working folder when it comes from the environment, from the command line or is not set.
    /// </summary>
    public string ResolvePath(string name, string path)
    {
        var place = PlaceOf(name);
        var folder = Has(name) && place.Line > 0 ? System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(place.Source)) : null;
        return System.IO.Path.GetFullPath(path, folder ?? Environment.CurrentDirectory);
    }

    /// <summary>Takes every key of the section for known: after an error that makes the others' meaning unknown.</summary>
    public void AcceptRest() => _asked.UnionWith(_node.Members.Keys);

    /// <summary>Notes an error at an option: for what one option alone cannot know.</summary>
    public void Fail(string name, string message)
    {
        if (!Describing)
        {
            _errors.Add(At(name, message));
        }
    }

    /// <summary>Notes that an option's value is allowed and unwise; the configuration stays good.</summary>
    public void Warn(string name, string message)
    {
        if (!Describing)
        {
            _warnings?.Add(At(name, message));
        }
    }

    /// <summary>Reports every key that no call asked for, with the nearest known name.</summary>
    public void Complete()
    {
        foreach (var (name, node) in _node.Members)
        {
            // A dollar sign marks editor hints such as $schema.
            if (!_asked.Contains(name) && !name.StartsWith('$'))
            {
                _errors.Add(new ConfigError(node.Place, node.Path, $"unknown key{Suggestion.For(name, _asked)}"));
            }
        }
    }

    // A section may be laid together from several; the value knows its own way.
    private ConfigError At(string name, string message) =>
        new(PlaceOf(name), _node.Find(name)?.Path ?? ConfigNode.MemberPath(_node.Path, name), message);

    private ConfigNode? Find(string name)
    {
        _asked.Add(name);
        return _node.Find(name) is { Kind: not ConfigKind.Null } node ? node : null;
    }

    private void Describe(OptionDescription description) => _described?.Add(description);
}

using System.Globalization;

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
    private readonly List<string> _secretFiles = [];
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

    /// <summary>The files that secrets of this section were read from: a change in one is a change of the configuration.</summary>
    public IReadOnlyList<string> SecretFiles => _secretFiles;

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

    public string Text(string name, string fallback, string help)
    {
        Describe(new OptionDescription(name, OptionKind.Text, help) { Default = fallback });
        return Scalar(name)?.Text ?? fallback;
    }

    /// <summary>A text that must be there and not be empty.</summary>
    public string RequiredText(string name, string help)
    {
        Describe(new OptionDescription(name, OptionKind.Text, help) { Required = true });
        if (Scalar(name)?.Text is { Length: > 0 } text)
        {
            return text;
        }

        if (!Has(name))
        {
            Fail(name, "is required");
        }
        else
        {
            Fail(name, "must not be empty");
        }

        return "";
    }

    /// <summary>A text that may be absent; null when it is, or when it is empty.</summary>
    public string? OptionalText(string name, string help)
    {
        Describe(new OptionDescription(name, OptionKind.Text, help));
        return Scalar(name)?.Text is { Length: > 0 } text ? text : null;
    }

    public bool Flag(string name, bool fallback, string help)
    {
        Describe(new OptionDescription(name, OptionKind.Flag, help) { Default = fallback ? "true" : "false" });
        return Parsed(name, fallback, "true or false", static (string text, out bool value) => bool.TryParse(text, out value));
    }

    public int Integer(string name, int fallback, int low, int high, string help)
    {
        Describe(new OptionDescription(name, OptionKind.Integer, help)
        {
            Default = fallback.ToString(CultureInfo.InvariantCulture),
            Range = $"{low} to {high}",
            Bounds = (low, high),
        });
        return Ranged(name, fallback, low, high, "a whole number", Invariant,
            static (string text, out int value) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value));
    }

    public double Number(string name, double fallback, double low, double high, string help)
    {
        Describe(new OptionDescription(name, OptionKind.Number, help)
        {
            Default = Invariant(fallback),
            Range = $"{Invariant(low)} to {Invariant(high)}",
            Bounds = (low, high),
        });
        return Ranged(name, fallback, low, high, "a number", Invariant,
            static (string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value));
    }

    public TimeSpan Duration(string name, TimeSpan fallback, TimeSpan low, TimeSpan high, string help)
    {
        Describe(new OptionDescription(name, OptionKind.Duration, help)
        {
            Default = Configuration.Duration.Format(fallback),
            Range = $"{Configuration.Duration.Format(low)} to {Configuration.Duration.Format(high)}",
        });
        return Ranged(name, fallback, low, high, "a duration such as 10s, 5m or 1h30m", Configuration.Duration.Format,
            static (string text, out TimeSpan value) => Configuration.Duration.TryParse(text, out value));
    }

    public long Bytes(string name, long fallback, long low, long high, string help)
    {
        Describe(new OptionDescription(name, OptionKind.Bytes, help)
        {
            Default = ByteSize.Format(fallback),
            Range = $"{ByteSize.Format(low)} to {ByteSize.Format(high)}",
        });
        return Ranged(name, fallback, low, high, "a size such as 64KiB or 20GB", ByteSize.Format,
            static (string text, out long value) => ByteSize.TryParse(text, out value));
    }

    /// <summary>One word of an enumeration, upper and lower case alike.</summary>
    public T Choice<T>(string name, T fallback, string help)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>();
        Describe(new OptionDescription(name, OptionKind.Choice, help) { Default = fallback.ToString(), Choices = names });
        return Parsed(name, fallback, $"one of {string.Join(", ", names)}",
            static (string text, out T value) => Enum.TryParse(text, ignoreCase: true, out value) && !char.IsAsciiDigit(text[0]) && text[0] != '-');
    }

    /// <summary>
    /// A secret, given as <c>Name</c> itself, as <c>NameFile</c> (a file with the secret on its first line) or as <c>NameVariable</c> (an environment
    /// variable's name). Null when none is set. The text shows in no error.
    /// </summary>
    public Secret? Secret(string name, string help)
    {
        Describe(new OptionDescription(name, OptionKind.Secret, help));
        var direct = Scalar(name)?.Text is { Length: > 0 } given ? given : null;
        var file = OptionalText($"{name}File", $"A file whose first line is {name}.");
        var variable = OptionalText($"{name}Variable", $"The environment variable that holds {name}.");
        return (direct, file, variable) switch
        {
            ({ } text, _, _) => new Secret(text),
            (null, { } path, _) => SecretFromFile($"{name}File", path),
            (null, null, { } key) => SecretFromVariable($"{name}Variable", key),
            _ => null,
        };
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

    private delegate bool Parser<T>(string text, out T value);

    // A section may be laid together from several; the value knows its own way.
    private ConfigError At(string name, string message) =>
        new(PlaceOf(name), _node.Find(name)?.Path ?? ConfigNode.MemberPath(_node.Path, name), message);

    private static string Invariant<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    private Secret? SecretFromFile(string name, string path)
    {
        path = ResolvePath(name, path);
        _secretFiles.Add(path);
        DependOnFile(path);
        try
        {
            using var reader = new StreamReader(path);
            if (reader.ReadLine()?.Trim() is { Length: > 0 } text)
            {
                return new Secret(text);
            }

            Fail(name, $"the first line of {path} is empty");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Fail(name, $"cannot be read: {exception.Message}");
        }

        return null;
    }

    private Secret? SecretFromVariable(string name, string variable)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text)
        {
            return new Secret(text);
        }

        Fail(name, $"the environment variable {variable} is not set");
        return null;
    }

    private T Ranged<T>(string name, T fallback, T low, T high, string expected, Func<T, string> format, Parser<T> parse)
        where T : IComparable<T>
    {
        var value = Parsed(name, fallback, expected, parse);
        if (value.CompareTo(low) >= 0 && value.CompareTo(high) <= 0)
        {
            return value;
        }

        Fail(name, $"{format(value)} is out of range; it goes from {format(low)} to {format(high)}");
        return fallback;
    }

    private T Parsed<T>(string name, T fallback, string expected, Parser<T> parse)
    {
        if (Scalar(name) is not { } node)
        {
            return fallback;
        }

        if (node.Text.Length > 0 && parse(node.Text, out var value))
        {
            return value;
        }

        Fail(name, $"'{node.Text}' is not {expected}");
        return fallback;
    }

    private ConfigNode? Scalar(string name)
    {
        var node = Find(name);
        if (node is null or { Kind: ConfigKind.String or ConfigKind.Number or ConfigKind.Boolean })
        {
            return node;
        }

        Fail(name, $"expected one value, not {node.Shape}");
        return null;
    }

    private ConfigNode? Find(string name)
    {
        _asked.Add(name);
        return _node.Find(name) is { Kind: not ConfigKind.Null } node ? node : null;
    }

    private void Describe(OptionDescription description) => _described?.Add(description);
}

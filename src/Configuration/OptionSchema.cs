namespace NocMonitor.Configuration;

/// <summary>What kind of value an option takes.</summary>
public enum OptionKind
{
    Text,
    Integer,
    Number,
    Flag,
    Duration,
    Bytes,
    Choice,
    Secret,
    TextList,
    TextMap,
    Section,
    SectionList,
    SectionMap,
}

/// <summary>One option as its reader declares it: what the documentation page and the JSON schema are made of.</summary>
public sealed record OptionDescription(string Name, OptionKind Kind, string Help)
{
    public bool Required { get; init; }

    /// <summary>The default as a configuration would write it; empty when there is none.</summary>
    public string Default { get; init; } = "";

    /// <summary>The range in words, such as <c>1 to 100</c>; empty when any value goes.</summary>
    public string Range { get; init; } = "";

    /// <summary>The words a <see cref="OptionKind.Choice"/> takes.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Lowest and highest number, where a number has bounds.</summary>
    public (double Low, double High)? Bounds { get; init; }

    /// <summary>The options inside a section, or inside each item of a list or map of sections.</summary>
    public OptionSchema? Inner { get; init; }
}

/// <summary>The options of one section, in the order their reader asks for them.</summary>
public sealed record OptionSchema(IReadOnlyList<OptionDescription> Options)
{
    /// <summary>
    /// Runs a reader without input and keeps what it asks for. The reader that reads is therefore the only place where an option is
    /// declared; a reader must not let one option's value decide whether it asks for another.
    /// </summary>
    public static OptionSchema Describe<T>(Func<OptionReader, T> read)
    {
        var options = new List<OptionDescription>();
        read(new OptionReader(options));
        return new OptionSchema(options);
    }
}

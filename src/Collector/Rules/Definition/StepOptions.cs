using NocMonitor.Configuration;

namespace NocMonitor.Collector.Rules.Definition;

/// <summary>Marks at each of which an alert that fires already pages once more.</summary>
internal sealed record StepOptions
{
    /// <summary>The number that is held against the marks: an expression of the condition language.</summary>
    public required string Of { get; init; }

    /// <summary>The marks, falling or rising, with units as in conditions.</summary>
    public required IReadOnlyList<string> At { get; init; }

    public static StepOptions Read(OptionReader reader) => new()
    {
        Of = reader.RequiredText("Of", "The number that is held against the marks: an expression of the condition language."),
        At = reader.Texts("At", [], "The marks in the order in which they are met, falling or rising, such as 30d, 14d, 7d."),
    };
}

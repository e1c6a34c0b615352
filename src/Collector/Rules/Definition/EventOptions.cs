using NocMonitor.Configuration;

namespace NocMonitor.Collector.Rules.Definition;

/// <summary>What an operator should make of a trap, as its sender's profile says.</summary>
internal enum TrapSeverity
{
    Info,
    Warning,
    Critical,
}

/// <summary>One event as written: which traps begin it and which end it. The format is described in docs/formats/rules.md.</summary>
internal sealed record EventOptions
{
    /// <summary>Identifies the event; rules ask for it by the tag <c>event</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Names of traps that begin it.</summary>
    public required IReadOnlyList<string> RaisedBy { get; init; }

    /// <summary>Names of traps that end it.</summary>
    public required IReadOnlyList<string> ClearedBy { get; init; }

    /// <summary>Fields of the trap that tell one thing of the host from another.</summary>
    public required IReadOnlyList<string> Per { get; init; }

    /// <summary>The least severity of a trap that begins it.</summary>
    public required TrapSeverity Severity { get; init; }

    /// <summary>The measurement that says the same by polling; empty when there is none.</summary>
    public required string Polled { get; init; }

    public static EventOptions Read(OptionReader reader) => new()
    {
        Name = reader.RequiredText("Name", "Identifies the event; rules ask for it by the tag event."),
        RaisedBy = reader.Texts("RaisedBy", [], "Names of the traps that begin it, as in the tag trap; * and ? stand for any letters."),
        ClearedBy = reader.Texts("ClearedBy", [], "Names of the traps that end it, beside those that say in their field clears that they do."),
        Severity = reader.Choice("Severity", TrapSeverity.Info, "The least severity of a trap that begins it, by its field severity."),
        Per = reader.Texts("Per", [], "Fields of the trap that tell one thing of the host from another, such as ifIndex; of an OID the index behind it in the trap's varbinds counts; trap is the trap that begins it."),
        Polled = reader.Text("Polled", "", "The measurement that says the same by polling: where the host is polled for it, the event is left to that."),
    };
}

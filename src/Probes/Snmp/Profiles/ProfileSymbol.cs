using System.Text.RegularExpressions;
using NocMonitor.Configuration;
using NocMonitor.Probes.Snmp.Profiles.Expressions;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>
/// Anything in a profile that has a value: an object that is asked for, a part of a row's index, a constant, or what is made of other symbols.
/// Immutable; docs/formats/device-profiles.md says what each member means.
/// </summary>
internal sealed record ProfileSymbol
{
    public required ConfigPlace Place { get; init; }

    /// <summary>What expressions and templates call it; empty for a tag's column that has none.</summary>
    public required string Name { get; init; }

    /// <summary>The field's name where it is not <see cref="Name"/>.</summary>
    public string? Field { get; init; }

    /// <summary>Kentik's other name for the field, which gives way in <c>interface</c>.</summary>
    public string? Alias { get; init; }

    public Oid? Oid { get; init; }

    /// <summary>The name of the table that the column is one of, where it is not the entry's.</summary>
    public string? Table { get; init; }

    /// <summary>Which row of the object's table; null for the entry's own.</summary>
    public RowLookup? Row { get; init; }

    /// <summary>The value is these arcs of the row's index, not a cell.</summary>
    public IndexPart? Index { get; init; }

    public string? Constant { get; init; }

    public NumberExpression? Value { get; init; }

    /// <summary>A text made of other symbols, and of the own value where the symbol has one.</summary>
    public TextTemplate? Template { get; init; }

    public bool IsConstantOne { get; init; }

    public ValueFormat Format { get; init; }

    public SymbolWords? Words { get; init; }

    /// <summary>The name of a second field, with the word, beside the number; null when the word takes the number's place.</summary>
    public string? TextField { get; init; }

    public SymbolStates? States { get; init; }

    /// <summary>Numbers by which the device says that it does not know.</summary>
    public IReadOnlyList<double> Invalid { get; init; } = [];

    /// <summary>A negative Integer32 is the low half of an unsigned number.</summary>
    public bool IsUnsigned { get; init; }

    public double? ScaleFactor { get; init; }

    public IReadOnlyList<ScaleStep> ScaleBy { get; init; } = [];

    /// <summary>The first group of a match is the value.</summary>
    public Regex? Extract { get; init; }

    public Regex? Match { get; init; }

    /// <summary>What <see cref="Match"/> makes of a value.</summary>
    public string? MatchValue { get; init; }

    /// <summary>All must hold in a row, else it has no such field or tag.</summary>
    public IReadOnlyList<RowCondition> Where { get; init; } = [];

    /// <summary>The field is left out in rows that have the field of this name.</summary>
    public string? Unless { get; init; }

    /// <summary>Not more often than this; zero for each round.</summary>
    public TimeSpan PollTime { get; init; }

    /// <summary>True when there is anything a value can come from.</summary>
    public bool HasSource =>
        Oid is not null || Index is not null || Constant is not null || Value is not null || Template is not null || IsConstantOne;
}

/// <summary>Which row of another table a cell is taken from. One of the three is set.</summary>
/// <param name="Transform">The parts of this row's index that are the other's.</param>
/// <param name="From">The cell of this row whose value is the other's index.</param>
/// <param name="Fixed">Always this row: its encoded index.</param>
internal sealed record RowLookup(IReadOnlyList<IndexSlice> Transform, ProfileSymbol? From, Oid? Fixed);

/// <summary>Arcs of a row's index, both counted from 0 and both in it.</summary>
internal readonly record struct IndexSlice(int Start, int End);

/// <summary>Arcs of a row's index as a value; from 0, the end in it and null for the last.</summary>
internal sealed record IndexPart(int Start, int? End, IndexFormat Format);

/// <summary>How arcs of an index are read.</summary>
internal enum IndexFormat
{
    Dotted,

    /// <summary>4 or 16 arcs are an address.</summary>
    Ip,

    /// <summary>InetAddressType and InetAddress (RFC 4001): the type, the length, the octets.</summary>
    Inet,
    Mac,

    /// <summary>Each arc a character; a length before them is left out.</summary>
    String,
}

/// <summary>How a cell scales the value.</summary>
internal enum ScaleKind
{
    Multiplier,
    Divisor,
    Exponent,
    NegativeExponent,
}

/// <summary>One step of scaling by a cell of the row, after its mapping to numbers.</summary>
internal sealed record ScaleStep(ProfileSymbol Cell, ScaleKind Kind, IReadOnlyDictionary<long, double> Mapping);

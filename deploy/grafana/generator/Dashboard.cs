namespace NocMonitor.Dashboards;

/// <param name="Uid">Stable over versions: links and bookmarks hold it.</param>
internal sealed record Dashboard(string Uid, string Title, string Description, IReadOnlyList<Variable> Variables, IReadOnlyList<Row> Rows);

/// <summary>A choice at the top of a dashboard.</summary>
/// <param name="Query">Gives the values; may use the variables before it.</param>
/// <param name="Multi">Whether several may be chosen, and all.</param>
internal sealed record Variable(string Name, string Label, string Query, bool Multi = true);

internal sealed record Row(string Title, params Panel[] Panels);

internal enum PanelKind
{
    Lines,
    Number,
    Bars,
    Table,
    States,
}

/// <param name="Text">InfluxQL, with Grafana's variables and macros.</param>
/// <param name="Alias">The name of a line; empty for the query's own.</param>
internal sealed record Query(string Text, string Alias = "");

/// <summary>From a value on, a colour.</summary>
internal sealed record Step(double? From, string Color);

/// <summary>What a value reads like.</summary>
internal sealed record Mapping(string Value, string Text, string Color);

/// <param name="Unit">Grafana's id of it.</param>
internal sealed record Panel(PanelKind Kind, string Title, string Description, string Unit, params Query[] Queries)
{
    /// <summary>Of 24.</summary>
    public int Width { get; init; } = 12;

    public int Height { get; init; } = 8;

    public IReadOnlyList<Step> Thresholds { get; init; } = [];

    public IReadOnlyList<Mapping> Mappings { get; init; } = [];

    public double? Min { get; init; }

    public double? Max { get; init; }

    public bool Stacked { get; init; }

    /// <summary>By column: a unit other than the panel's.</summary>
    public IReadOnlyDictionary<string, string> ColumnUnits { get; init; } = new Dictionary<string, string>();

    /// <summary>The column a table is sorted by, downwards.</summary>
    public string SortBy { get; init; } = "";
}

namespace NocMonitor.Dashboards;

/// <param name="Uid">Stable over versions: links and bookmarks hold it.</param>
internal sealed record Dashboard(string Uid, string Title, string Description, IReadOnlyList<Variable> Variables, IReadOnlyList<Row> Rows);

/// <summary>A choice at the top of a dashboard.</summary>
/// <param name="Query">Gives the values; may use the variables before it.</param>
/// <param name="Multi">Whether several may be chosen, and all.</param>
internal sealed record Variable(string Name, string Label, string Query, bool Multi = true)
{
    /// <summary>Whether all are chosen at first. Not where a panel draws lines for each: a thousand hosts are nothing to look at, and dear.</summary>
    public bool StartsWithAll { get; init; } = true;
}

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

/// <summary>A way from a value to another dashboard.</summary>
/// <param name="Variables">By variable of that dashboard: the column of the same row that holds its value.</param>
internal sealed record Link(string Title, string Dashboard, params (string Variable, string Column)[] Variables);

/// <summary>What makes a column of a table other than its panel.</summary>
/// <param name="Unit">Grafana's id of it; empty: the panel's.</param>
internal sealed record Column(string Name, string Unit = "")
{
    public IReadOnlyList<Step> Thresholds { get; init; } = [];

    public IReadOnlyList<Mapping> Mappings { get; init; } = [];

    public IReadOnlyList<Link> Links { get; init; } = [];
}

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

    /// <summary>What stands there when no series has a value; empty: Grafana's own words. A count of nothing is 0 and not "No data".</summary>
    public string NoValue { get; init; } = "";

    /// <summary>Columns of a table that are other than the panel.</summary>
    public IReadOnlyList<Column> Columns { get; init; } = [];

    /// <summary>The column a table is sorted by, downwards.</summary>
    public string SortBy { get; init; } = "";
}

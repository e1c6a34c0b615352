using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl;

/// <summary>One statement of a query, read and not yet checked. Immutable.</summary>
public sealed class QueryStatement
{
    internal QueryStatement(Statement statement) => Statement = statement;

    /// <summary>It deletes something: only who may do that may run it.</summary>
    public bool Deletes => Statement is DeleteStatement;

    internal Statement Statement { get; }
}

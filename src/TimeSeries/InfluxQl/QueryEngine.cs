using System.Text.RegularExpressions;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.InfluxQl.Deleting;
using NocMonitor.TimeSeries.InfluxQl.Execution;
using NocMonitor.TimeSeries.InfluxQl.Language;
using NocMonitor.TimeSeries.InfluxQl.Planning;
using NocMonitor.TimeSeries.InfluxQl.Show;

namespace NocMonitor.TimeSeries.InfluxQl;

/// <summary>
/// Answers InfluxQL from a store. There is one database, whatever it is called in a query, and one retention policy. Safe for concurrent use.
/// </summary>
public sealed class QueryEngine(TimeSeriesStore store, StoreOptions options, TimeProvider time, QueryLimits limits)
{
    private readonly DatabaseNames _databases = new();

    /// <summary>Reads a query of one statement or several, separated by semicolons.</summary>
    /// <exception cref="QuerySyntaxException">The text is no InfluxQL; nothing of it may be run.</exception>
    public static IReadOnlyList<QueryStatement> Parse(string query, QueryParameters parameters) =>
        [.. QueryParser.Parse(query, parameters).Select(statement => new QueryStatement(statement))];

    /// <summary>
    /// Runs a statement. Series come as they are ready, in the order of the answer; what is checked is checked before the first. Enumerate once, on one thread.
    /// </summary>
    /// <param name="database">The database that the query is for; empty when it names none.</param>
    /// <exception cref="QueryException">The statement cannot be answered; the message is for who asked.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IEnumerable<ResultSeries> Run(QueryStatement statement, string database, CancellationToken token)
    {
        using var results = RunChecked(statement.Statement, database, token).GetEnumerator();
        long count = 0;
        while (Next(results))
        {
            count += results.Current.RowCount;
            if (limits.MaxRows > 0 && count > limits.MaxRows)
            {
                throw new QueryException($"max-row-limit exceeded: ({count}/{limits.MaxRows})");
            }

            yield return results.Current;
        }
    }

    private static bool Next(IEnumerator<ResultSeries> results)
    {
        try
        {
            return results.MoveNext();
        }
        catch (RegexMatchTimeoutException exception)
        {
            throw new QueryException("a regular expression takes too long", exception);
        }
    }

    private IEnumerable<ResultSeries> RunChecked(Statement statement, string database, CancellationToken token) => statement switch
    {
        SelectStatement select => Select(Named(select, database), token),
        ShowStatement { Kind: ShowKind.Databases } => _databases.List(),
        ShowStatement { Kind: ShowKind.RetentionPolicies } show => RetentionPolicies.List(Named(show, show.Database, database), options.Retention),
        ShowStatement show => new ShowExecutor(store.Index, Now, token).Run(Named(show, show.Database, database)),
        CardinalityStatement count => new Cardinality(store.Index, new ShowExecutor(store.Index, Now, token)).Run(count),
        DeleteStatement delete => new DeleteExecutor(store, Now).Run(Named(delete, database, "")),
        CreateDatabaseStatement create => _databases.Create(create.Name),
        RefusedStatement refused => throw new QueryException(refused.Reason),
        UnsupportedStatement unsupported => throw new QueryException($"{unsupported.Name} is not supported"),
        _ => throw new QueryException("the statement is not supported"),
    };

    private long Now => UnixNanoseconds.From(time.GetUtcNow());

    private IEnumerable<ResultSeries> Select(SelectStatement statement, CancellationToken token)
    {
        var plan = SelectBinder.Bind(store.Index, SelectCompiler.Compile(statement, Now));
        using var readers = new ReaderPool(store);
        IReadOnlyList<string> columns = [plan.TimeColumn, .. plan.Fields.Select(field => field.Column)];
        foreach (var rows in new SelectExecutor(store, readers, limits, token).Run(plan))
        {
            yield return new ResultSeries(rows.Measurement, rows.Tags, columns, [ValueColumn.Of(ValueType.Time, rows.Times), .. rows.Columns]) { Zone = plan.Zone };
        }
    }

    private static SelectStatement Named(SelectStatement select, string database)
    {
        foreach (var source in select.Sources)
        {
            if (source is SubquerySource inner)
            {
                Named(inner.Statement, database);
            }
            else if (source is MeasurementSource { Database: "" })
            {
                Named(select, database, "");
            }
        }

        return select;
    }

    private static T Named<T>(T statement, string first, string second) =>
        first.Length > 0 || second.Length > 0 ? statement : throw new QueryException("database name required");
}

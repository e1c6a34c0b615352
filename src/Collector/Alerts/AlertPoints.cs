using System.Buffers;
using Microsoft.Data.Sqlite;
using NocMonitor.Collector.Operations;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Alerts;

/// <summary>
/// Writes every recorded transition as a point into the store, measurement <c>alerts</c>, so that dashboards can annotate and the store alone tells the
/// history. It follows the table of transitions with a cursor of its own: what a crash kept from being written is written after the next start, and a
/// point written twice is the same point. Where an alert changes its severity, the series of the one it had ends with state <c>replaced</c>, so that the newest state of each
/// series tells what fires. One caller at a time.
/// </summary>
internal sealed partial class AlertPoints(
    OperationsDatabase database, TimeSeriesStore store, SequenceProgress sequences, TimeProvider time, ILogger<AlertPoints> log)
{
    public const string Measurement = "alerts";

    private const string Cursor = "alert_points";
    private const string NoSeverity = "none";
    private const string Replaced = "replaced";
    private const int MostInOneBatch = 500;

    private readonly LineScratch _scratch = new();
    private long _written = -1;
    private bool _failing;

    /// <summary>Writes what was recorded since the last call; what the store does not take now is tried again by the next.</summary>
    public async Task WriteAsync(CancellationToken token)
    {
        try
        {
            bool more;
            do
            {
                more = await WriteSomeAsync(token);
            }
            while (more);

            _failing = false;
        }
        catch (Exception exception) when (exception is StoreUnavailableException or SqliteException)
        {
            if (!_failing)
            {
                LogFailing(log, exception.Message);
            }

            _failing = true;
        }
    }

    private async Task<bool> WriteSomeAsync(CancellationToken token)
    {
        if (_written < 0)
        {
            _written = database.Read(ReadCursor);
        }

        var points = database.Read(connection => ReadPoints(connection, _written));
        if (points.Count == 0)
        {
            return false;
        }

        using (var batch = store.RentBatch("collector"))
        {
            foreach (var (_, point) in points)
            {
                Add(batch, point);
            }

            await store.CommitAsync(batch, token);

            // No rule judges these; noted, so that the log need not be kept for them.
            sequences.Note(batch.Sequence);
        }

        _written = points[^1].Id;
        await database.WriteAsync(SaveCursor, token);
        return points.Count >= MostInOneBatch;
    }

    private void Add(SampleBatch batch, Point point)
    {
        var text = new ArrayBufferWriter<byte>();
        LineWriter.Write(text, point);
        var now = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        var line = new LineReader(_scratch, text.WrittenSpan, isFinal: true, TimePrecision.Nanoseconds, LineLimits.Default);
        while (line.Read())
        {
            if (!line.IsGood || !batch.TryAdd(ref line, now, out _))
            {
                LogRefused(log, point.ToString());
            }
        }
    }

    private void SaveCursor(SqliteTransaction transaction)
    {
        using var statements = new Statements(transaction);
        new AlertTables(statements).SaveProgress(Cursor, _written);
    }

    private static long ReadCursor(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce(max(sequence), 0) FROM progress WHERE name = $name";
        command.Parameters.AddWithValue("$name", Cursor);
        return (long)command.ExecuteScalar()!;
    }

    private static List<(long Id, Point Point)> ReadPoints(SqliteConnection connection, long after)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT t.id, t.sample_time, t.reason, t.from_severity, t.to_severity, t.value, t.threshold, t.summary, a.rule, a.series, a.id
            FROM transitions t JOIN alerts a ON a.id = t.alert_id WHERE t.id > $after ORDER BY t.id LIMIT $limit
            """;
        command.Parameters.AddWithValue("$after", after);
        command.Parameters.AddWithValue("$limit", MostInOneBatch);
        using var row = command.ExecuteReader();
        var points = new List<(long, Point)>();
        while (row.Read())
        {
            var (from, to) = (row.GetString(3), row.GetString(4));
            points.Add((row.GetInt64(0), ReadPoint(row, to == NoSeverity ? from : to, to == NoSeverity ? AlertTables.Resolved : AlertTables.Firing)));
            if (from != to && from != NoSeverity && to != NoSeverity)
            {
                points.Add((row.GetInt64(0), ReadPoint(row, from, Replaced)));
            }
        }

        return points;
    }

    private static Point ReadPoint(SqliteDataReader row, string severity, string state)
    {
        var point = new Point(Measurement) { Timestamp = row.GetInt64(1) * 1_000_000 };
        foreach (var (tag, value) in SeriesKey.Parse(System.Text.Encoding.UTF8.GetBytes(row.GetString(9))).Tags)
        {
            point.Tag(tag, value);
        }

        point.Tag("rule", row.GetString(8)).Tag("severity", severity);
        point.Field("state", state).Field("reason", row.GetString(2)).Field("alert", row.GetInt64(10));
        if (!row.IsDBNull(5))
        {
            point.Field("value", row.GetDouble(5));
        }

        if (!row.IsDBNull(6))
        {
            point.Field("threshold", row.GetDouble(6));
        }

        return point.Field("summary", row.GetString(7));
    }

    [LoggerMessage(3020, LogLevel.Warning, "transitions cannot be written to the store as points, they follow when it takes them: {Reason}")]
    private static partial void LogFailing(ILogger log, string reason);

    [LoggerMessage(3021, LogLevel.Error, "the store refuses the point of a transition: {Point}")]
    private static partial void LogRefused(ILogger log, string point);
}

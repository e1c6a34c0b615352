using NocMonitor.LineProtocol;
using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Snmp.Polling.Plans;

namespace NocMonitor.Probes.Snmp.Polling;

/// <summary>What one poll of a device took and what went wrong in it. One poll owns it.</summary>
internal sealed class PollReport(DateTimeOffset started)
{
    private const int MostWarnings = 8;
    private const int LongestText = 500;

    private readonly List<string> _warnings = [];
    private readonly List<string> _failedTables = [];
    private SnmpEffort _effort;
    private int _timeouts;

    public DateTimeOffset Started => started;

    public long Result { get; private set; } = ResultCode.Success;

    public string Error { get; private set; } = "";

    public int Points { get; set; }

    public void Take(SnmpAnswer answer)
    {
        Take(answer.Effort, answer.Outcome);
        answer.Warnings.ToList().ForEach(Warn);
    }

    public void Take(WalkResult walk, WalkGroup group)
    {
        Take(walk.Effort, walk.Outcome);

        // Of a look whether there is anything, the one row is all that was wanted.
        foreach (var warning in group.MaxRows == 1 ? [] : walk.Warnings)
        {
            Warn($"{group.Name}: {warning}");
        }
    }

    public void Warn(string warning)
    {
        if (_warnings.Count < MostWarnings && !_warnings.Contains(warning))
        {
            _warnings.Add(warning);
        }
    }

    /// <summary>A table that costs itself only.</summary>
    public void FailTable(string table, string error) => _failedTables.Add($"{table}: {error}");

    /// <summary>The poll as a whole came to nothing.</summary>
    public void Fail(long result, string error) => (Result, Error) = (result, error.Length > 0 ? error : "failed without a reason");

    public void Fail(SnmpOutcome outcome, string error) => Fail(
        outcome switch
        {
            SnmpOutcome.TimedOut => ResultCode.Timeout,
            SnmpOutcome.NotSent => ResultCode.ConnectionFailed,
            SnmpOutcome.Closed => ResultCode.ProbeFailed,
            _ => ResultCode.Mismatch,
        },
        error);

    /// <summary>Writes what it took into the device's point.</summary>
    public void AddTo(Point point, TimeSpan duration)
    {
        point.Field("result_code", Result);
        if (Error.Length > 0)
        {
            point.Field("error", Cut(Error));
        }

        if (_effort.FirstAnswer is { } first)
        {
            point.Field("response_time", first.TotalSeconds);
        }

        point.Field("duration", duration.TotalSeconds)
            .Field("requests", (long)_effort.Requests)
            .Field("varbinds", (long)_effort.Varbinds)
            .Field("retries", (long)_effort.Retries)
            .Field("timeouts", (long)_timeouts)
            .Field("points", (long)Points)
            .Field("tables_failed", (long)_failedTables.Count);
        if (_failedTables.Count > 0)
        {
            point.Field("table_error", Cut(string.Join("; ", _failedTables)));
        }

        if (_warnings.Count > 0)
        {
            point.Field("warning", Cut(string.Join("; ", _warnings)));
        }
    }

    private void Take(SnmpEffort effort, SnmpOutcome outcome)
    {
        _effort += effort;
        _timeouts += effort.Retries + (outcome == SnmpOutcome.TimedOut ? 1 : 0);
    }

    private static string Cut(string text) => text.Length > LongestText ? $"{text[..LongestText]}…" : text;
}

using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>
/// Walks columns side by side: each request asks for as many of them as fit, each column goes on from the last name it got and ends for itself.
/// </summary>
internal sealed partial class WalkOperation : SnmpOperation
{
    private readonly IReadOnlyList<Oid> _columns;
    private readonly IWalkSink _sink;
    private readonly WalkLimits _limits;
    private readonly TaskCompletionSource<WalkResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly NameTable _last;
    private readonly ColumnState[] _states;
    private readonly int[] _rows;
    private int _left;
    private int _free;
    private int _mostColumns = int.MaxValue;
    private bool _byGetNext;
    private bool[]? _alone;
    private int _bulkErrors;
    private TableMemory? _table;
    private VarbindLimit? _limit;

    public WalkOperation(SnmpDevice device, TimeProvider time, IReadOnlyList<Oid> columns, IWalkSink sink, WalkLimits limits)
        : base(device, time)
    {
        _columns = columns;
        _sink = sink;
        _limits = limits;
        _last = new NameTable(columns.Count);
        _states = new ColumnState[columns.Count];
        _rows = new int[columns.Count];
        _left = _free = columns.Count;
        for (var column = 0; column < columns.Count; column++)
        {
            _last.Set(column, columns[column].Encoded);
        }
    }

    public Task<WalkResult> Result => _result.Task;

    public override bool HasMore => !IsOver && _free > 0;

    public override bool IsOverdue => Elapsed > _limits.Time;

    private BulkPolicy Policy => Device.Bulk;

    // Made when the lane's thread first needs them: the constructor runs on the caller's.
    private TableMemory Table => _table ??= Device.Tables.Of(_columns[0]);

    private VarbindLimit Limit => _limit ??= Table.Limit ??= Policy.NewLimit();

    /// <summary>The column of which the device said that a GetBulk fails there goes on by GetNext; the others leave it.</summary>
    public override void Prepare(PendingRequest request)
    {
        var first = Array.IndexOf(_states, ColumnState.Free);
        var alone = IsAlone(first);
        var expected = Math.Min(Table.Rows, _limits.Rows) - _rows[first] + 1;
        var bulk = Policy.UsesBulk && !_byGetNext && !alone;
        var (columns, rows) = bulk ? Policy.Plan(_free, Limit.Now, expected) : (Math.Min(_free, Limit.Now), 1);
        columns = Math.Min(columns, _mostColumns);
        request.Type = bulk ? PduType.GetBulk : PduType.GetNext;
        request.Rows = rows;
        for (var column = first; column < _states.Length && request.Count < columns; column++)
        {
            if (_states[column] == ColumnState.Free && IsAlone(column) == alone)
            {
                _states[column] = ColumnState.OnItsWay;
                request.Add(column);
                _free--;
            }
        }
    }

    public override ReadOnlySpan<byte> NameOf(int item) => _last[item];

    public override void Release(ReadOnlySpan<int> items)
    {
        foreach (var column in items)
        {
            if (_states[column] == ColumnState.OnItsWay)
            {
                _states[column] = ColumnState.Free;
                _free++;
            }
        }
    }

    public override void FinishWhenDone()
    {
        if (_left == 0)
        {
            Table.Walked(_rows.Max());
            Fail(SnmpOutcome.Answered, "");
        }
        else if (IsOverdue)
        {
            Fail(SnmpOutcome.LimitReached, $"the walk was stopped after {_limits.Time.TotalSeconds:0.#} s");
        }
    }

    public override void Fail(SnmpOutcome outcome, string error)
    {
        IsOver = true;
        _result.TrySetResult(new WalkResult(outcome, error, Warnings, Effort));
    }

    public override void Cancel(CancellationToken token)
    {
        IsOver = true;
        _result.TrySetCanceled(token);
    }

    public override void Throw(Exception exception)
    {
        IsOver = true;
        _result.TrySetException(exception);
    }

    private bool IsAlone(int column) => _alone is not null && _alone[column];

    private void End(int column, string? warning = null)
    {
        if (_states[column] == ColumnState.Ended)
        {
            return;
        }

        _free -= _states[column] == ColumnState.Free ? 1 : 0;
        _states[column] = ColumnState.Ended;
        _left--;
        if (warning is not null)
        {
            Warnings.Add($"{_columns[column]}: {warning}");
        }
    }

    private enum ColumnState : byte
    {
        Free,
        OnItsWay,
        Ended,
    }
}

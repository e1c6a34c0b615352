using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>What a walk makes of answers.</summary>
internal sealed partial class WalkOperation
{
    private const int MostBulkErrors = 3;

    public override bool Take(PendingRequest request, in Pdu answer, int bytes)
    {
        if (answer.ErrorStatus != SnmpErrorStatus.NoError)
        {
            TakeError(request, answer);
            return true;
        }

        var received = 0;
        var ended = false;
        var varbinds = answer.Varbinds;
        while (varbinds.MoveNext())
        {
            var column = request.Items[received % request.Count];
            received++;
            if (_states[column] == ColumnState.Ended)
            {
                ended = true;
                continue;
            }

            if (!TakeRow(column, varbinds.Current))
            {
                return true;
            }

            // Where all columns are at the end of what the device has, it may leave off (RFC 3416 section 4.2.3).
            ended |= _states[column] == ColumnState.Ended;
        }

        if (received == 0)
        {
            return false;
        }

        Learn(request, received, bytes, cut: received < request.Asked && !ended && !varbinds.IsBroken, varbinds.IsBroken);
        return true;
    }

    /// <returns>False when a limit of the whole walk was reached.</returns>
    private bool TakeRow(int column, in VarbindView varbind)
    {
        var name = varbind.Name;
        var prefix = _columns[column].Encoded;
        if (varbind.IsException || name.Length <= prefix.Length || !name.StartsWith(prefix))
        {
            End(column);
            return true;
        }

        if (Oid.Compare(name, _last[column]) <= 0)
        {
            End(column, $"the device's names do not increase ({Oid.ToText(name)} after {Oid.ToText(_last[column])}); the column was ended there");
            return true;
        }

        if (_rows[column] == _limits.Rows)
        {
            End(column, $"has more than {_limits.Rows} rows; the rest was left out");
            return true;
        }

        if (Varbinds == _limits.Varbinds)
        {
            Fail(SnmpOutcome.LimitReached, $"the walk was stopped after {_limits.Varbinds} values");
            return false;
        }

        _last.Set(column, name);
        _rows[column]++;
        Varbinds++;
        _sink.Row(column, name[prefix.Length..], varbind);
        return true;
    }

    private void Learn(PendingRequest request, int received, int bytes, bool cut, bool broken)
    {
        var sent = request.TypeNow;
        Limit.Answered(received, bytes, cut);
        if (broken)
        {
            Limit.TooMany(request.Asked);
        }

        if (sent == PduType.GetNext)
        {
            // A GetNext that was answered where the GetBulk was not, or with an error.
            if (request.Type == PduType.GetBulk ? received <= request.Asked : _byGetNext)
            {
                Policy.BulkFailed();
                _byGetNext = false;
            }
            else
            {
                Policy.GetNextAnswered();
            }

            return;
        }

        Policy.BulkAnswered();
        // More than was asked for last is the answer to the larger question before it, late: the device is slow, not overcharged.
        if (request.Attempt > 0 && received <= request.Asked)
        {
            Policy.LostAbove(Limit.AnsweredOnly(request.Asked));
        }
        else if (request.Attempt == 0)
        {
            Policy.CameThrough(received);
        }
    }

    private void TakeError(PendingRequest request, in Pdu answer)
    {
        var culprit = answer.ErrorIndex >= 1 && answer.ErrorIndex <= request.Count ? request.Items[answer.ErrorIndex - 1]
            : request.Count == 1 ? request.Items[0]
            : -1;
        if (answer.ErrorStatus == SnmpErrorStatus.TooBig)
        {
            TakeTooBig(request);
        }
        else if (request.TypeNow == PduType.GetBulk)
        {
            TakeBulkError(request, answer.ErrorIndex);
        }
        else if (culprit >= 0)
        {
            // In version 1 this is how a walk ends.
            End(culprit, answer.ErrorStatus == SnmpErrorStatus.NoSuchName ? null
                : $"the device answers {Describe(answer.ErrorStatus)} after {Oid.ToText(_last[culprit])}; the column was ended there");
        }
        else
        {
            _mostColumns = Math.Max(1, request.Count / 2);
        }
    }

    /// <summary>The fault is one column's, when the device says which; it is GetBulk's, when it does not say, or says it of one column after the other.</summary>
    private void TakeBulkError(PendingRequest request, int errorIndex)
    {
        if (errorIndex >= 1 && errorIndex <= request.Count && ++_bulkErrors <= MostBulkErrors)
        {
            _alone ??= new bool[_columns.Count];
            _alone[request.Items[errorIndex - 1]] = true;
        }
        else
        {
            _byGetNext = true;
        }
    }

    private void TakeTooBig(PendingRequest request)
    {
        if (request.Asked == 1)
        {
            End(request.Items[0], $"the value after {Oid.ToText(_last[request.Items[0]])} does not fit the device's messages; the column was ended there");
        }

        Limit.TooMany(request.Asked);
    }

    internal static string Describe(SnmpErrorStatus status) => Enum.IsDefined(status)
        ? char.ToLowerInvariant(status.ToString()[0]) + status.ToString()[1..]
        : $"error {(int)status}";
}

namespace NocMonitor.Testing.Snmp;

/// <summary>GetBulk, as RFC 3416 section 4.2.3 has it. The simulator's thread alone uses the cursors.</summary>
public sealed partial class SimulatedDevice
{
    private MibCursor[] _cursors = new MibCursor[16];

    private (int Status, int Index) FillBulk(in SnmpRequest request, AnswerBuffer answer, ref TimeSpan delay)
    {
        var count = OpenCursors(request);
        var once = Math.Min(request.NonRepeaters, count);
        for (var column = 0; column < once; column++)
        {
            if (PutNext(request, column, answer, ref delay, out var error) != Step.Put)
            {
                return error;
            }
        }

        for (var repetition = 0; repetition < request.MaxRepetitions; repetition++)
        {
            var ended = 0;
            for (var column = once; column < count; column++)
            {
                var step = PutNext(request, column, answer, ref delay, out var error);
                if (step is Step.Full or Step.Error)
                {
                    return error;
                }

                ended += step == Step.End ? 1 : 0;
            }

            if (ended == count - once)
            {
                break;
            }
        }

        return default;
    }

    private int OpenCursors(in SnmpRequest request)
    {
        var view = _view;
        var varbinds = request.Varbinds;
        var count = 0;
        for (; SnmpRequest.TakeName(ref varbinds, out var name); count++)
        {
            if (count == _cursors.Length)
            {
                Array.Resize(ref _cursors, count * 2);
            }

            _cursors[count] = new MibCursor(view, Faults, name, skipsCounter64: false);
        }

        return count;
    }

    private Step PutNext(in SnmpRequest request, int column, AnswerBuffer answer, ref TimeSpan delay, out (int Status, int Index) error)
    {
        error = default;
        var before = _cursors[column].Name;
        var found = _cursors[column].Step();
        if (found is not null && Faults.GenErrUnder is { } broken && MibCursor.IsUnder(found.Name, broken))
        {
            error = (GenErr, column + 1);
            return Step.Error;
        }

        var varbind = found?.Encode() ?? Ber.Varbind(before, EndOfMibView[0], []);
        var length = answer.Length + varbind.Length + ErrorRoom + request.Community.Length;
        if (length > TooBigLimit && Faults.TooBigAbove > 0)
        {
            error = (TooBig, 0);
            return Step.Error;
        }

        if (length > (Faults.LargestMessage > 0 ? Faults.LargestMessage : AnswerBuffer.LargestMessage)
            || (Faults.MostVarbinds > 0 && answer.Varbinds == Faults.MostVarbinds))
        {
            return Step.Full;
        }

        delay += found?.Delay ?? TimeSpan.Zero;
        answer.Append(varbind);
        return found is null ? Step.End : Step.Put;
    }

    private enum Step
    {
        Put,
        End,
        Full,
        Error,
    }
}

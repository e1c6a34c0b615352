using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>
/// Gets scalars, as many in a request as fit. What the device answers with an error is left out and the rest is asked again, so that one bad name costs only itself.
/// </summary>
internal sealed class GetOperation : SnmpOperation
{
    private readonly IReadOnlyList<Oid> _names;
    private readonly TaskCompletionSource<SnmpAnswer> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SnmpValue[] _values;
    private readonly ItemState[] _states;
    private int _left;
    private int _free;
    private int _most = int.MaxValue;

    public GetOperation(SnmpDevice device, TimeProvider time, IReadOnlyList<Oid> names)
        : base(device, time)
    {
        _names = names;
        _values = new SnmpValue[names.Count];
        Array.Fill(_values, SnmpValue.Null);
        _states = new ItemState[names.Count];
        _left = _free = names.Count;
    }

    public Task<SnmpAnswer> Result => _result.Task;

    public override bool HasMore => !IsOver && _free > 0;

    public override void Prepare(PendingRequest request)
    {
        var most = Math.Min(_most, Device.GetLimit.Now);
        request.Type = PduType.Get;
        for (var item = Array.IndexOf(_states, ItemState.Free); item < _states.Length && request.Count < most; item++)
        {
            if (_states[item] == ItemState.Free)
            {
                _states[item] = ItemState.OnItsWay;
                request.Add(item);
                _free--;
            }
        }
    }

    public override ReadOnlySpan<byte> NameOf(int item) => _names[item].Encoded;

    public override void Release(ReadOnlySpan<int> items)
    {
        foreach (var item in items)
        {
            if (_states[item] == ItemState.OnItsWay)
            {
                _states[item] = ItemState.Free;
                _free++;
            }
        }
    }

    public override bool Take(PendingRequest request, in Pdu answer, int bytes)
    {
        if (answer.ErrorStatus != SnmpErrorStatus.NoError)
        {
            TakeError(request, answer);
            return true;
        }

        var received = 0;
        var used = 0;
        var varbinds = answer.Varbinds;
        while (varbinds.MoveNext())
        {
            var item = Find(request, received++, varbinds.Current.Name);
            if (item >= 0)
            {
                used++;
                Varbinds++;
                End(item, varbinds.Current.ToValue());
            }
        }

        if (used == 0)
        {
            return false;
        }

        Device.GetLimit.Answered(received, bytes, cut: received < request.Count && !varbinds.IsBroken);
        return true;
    }

    public override void FinishWhenDone()
    {
        if (_left == 0)
        {
            Fail(SnmpOutcome.Answered, "");
        }
    }

    public override void Fail(SnmpOutcome outcome, string error)
    {
        IsOver = true;
        _result.TrySetResult(new SnmpAnswer(outcome, error, _values, Warnings, Effort));
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

    /// <summary>The item of an answered name: the one in its place, else any of the request's; less than 0 for a name that was not asked for.</summary>
    private int Find(PendingRequest request, int place, ReadOnlySpan<byte> name)
    {
        var items = request.Items;
        if (place < items.Length && Waits(items[place], name))
        {
            return items[place];
        }

        foreach (var item in items)
        {
            if (Waits(item, name))
            {
                return item;
            }
        }

        return -1;
    }

    private bool Waits(int item, ReadOnlySpan<byte> name) => _states[item] == ItemState.OnItsWay && name.SequenceEqual(_names[item].Encoded);

    private void TakeError(PendingRequest request, in Pdu answer)
    {
        if (answer.ErrorStatus == SnmpErrorStatus.TooBig)
        {
            Device.GetLimit.TooMany(request.Count);
            if (request.Count == 1)
            {
                End(request.Items[0], SnmpValue.Null, "the value does not fit the device's messages");
            }
        }
        else if (answer.ErrorIndex >= 1 && answer.ErrorIndex <= request.Count)
        {
            EndRefused(request.Items[answer.ErrorIndex - 1], answer.ErrorStatus);
        }
        else if (request.Count == 1)
        {
            EndRefused(request.Items[0], answer.ErrorStatus);
        }
        else
        {
            // The device does not say which name it means: asked in halves, it comes out.
            _most = request.Count / 2;
        }
    }

    private void EndRefused(int item, SnmpErrorStatus status)
    {
        if (status == SnmpErrorStatus.NoSuchName)
        {
            End(item, SnmpValue.NoSuchObject);
        }
        else
        {
            End(item, SnmpValue.Null, $"the device answers {WalkOperation.Describe(status)}");
        }
    }

    private void End(int item, SnmpValue value, string? warning = null)
    {
        _values[item] = value;
        _states[item] = ItemState.Ended;
        _left--;
        if (warning is not null)
        {
            Warnings.Add($"{_names[item]}: {warning}");
        }
    }

    private enum ItemState : byte
    {
        Free,
        OnItsWay,
        Ended,
    }
}

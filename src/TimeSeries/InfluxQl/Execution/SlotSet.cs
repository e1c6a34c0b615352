using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>The references that a select reads from its inputs, each with a number. Built once a select, then only read.</summary>
internal sealed class SlotSet
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<Reference> _references = [];

    public IReadOnlyList<Reference> References => _references;

    public int Add(Reference reference)
    {
        var text = reference.ToString();
        if (!_numbers.TryGetValue(text, out var number))
        {
            _numbers.Add(text, number = _references.Count);
            _references.Add(reference);
        }

        return number;
    }

    public int Find(Reference reference)
    {
        var known = _references.FindIndex(each => ReferenceEquals(each, reference));
        return known >= 0 ? known : _numbers[reference.ToString()];
    }

    public void AddAll(Expr? expr)
    {
        switch (expr)
        {
            case Reference reference:
                Add(reference);
                break;
            case Binary binary:
                AddAll(binary.Left);
                AddAll(binary.Right);
                break;
            case Paren paren:
                AddAll(paren.Inner);
                break;
            case Call call:
                foreach (var argument in call.Arguments)
                {
                    AddAll(argument);
                }

                break;
        }
    }

    /// <summary>The type of values that a reference gives.</summary>
    public static ValueType TypeOf(RefType type) => type switch
    {
        RefType.Float => ValueType.Float,
        RefType.Integer or RefType.Duration => ValueType.Integer,
        RefType.Unsigned => ValueType.Unsigned,
        RefType.Boolean => ValueType.Boolean,
        RefType.Text or RefType.Tag => ValueType.Text,
        RefType.Time => ValueType.Time,
        _ => ValueType.None,
    };
}

using NocMonitor.LineProtocol;
using NocMonitor.Probes.Snmp.Polling.Plans;
using NocMonitor.Probes.Snmp.Profiles;

namespace NocMonitor.Probes.Snmp.Polling;

/// <summary>
/// Reads values of rows as the plan says. It stands on one row at a time; the tables are those of the poll that owns it. One poll at a time.
/// </summary>
internal sealed class RowReader(RowTable?[] tables)
{
    private const int MostInputs = 64;

    private int _group;
    private int _row;

    /// <summary>sysUpTime of this poll in hundredths of a second; null when the device does not say.</summary>
    public long? Uptime { get; set; }

    /// <summary>The encoded index of the row.</summary>
    public ReadOnlySpan<byte> Index => tables[_group]!.IndexOf(_row);

    public void MoveTo(int group, int row) => (_group, _row) = (group, row);

    /// <summary>True when all conditions hold in this row.</summary>
    public bool Holds(IReadOnlyList<ConditionPlan> conditions)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            var (condition, plan) = conditions[i];
            string? text = null, word = null;
            var number = double.NaN;
            if (TryReadPlain(plan, out var value))
            {
                text = value.ToString();
                word = ValueWords.Of(plan.Symbol.Words, value);
                number = ValueNumbers.Of(value);
            }

            if (!condition.Holds(text, word, number))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The value of a symbol in this row; false when it has none.</summary>
    public bool TryRead(ValuePlan plan, out FieldValue value)
    {
        value = default;
        if (plan.IsRaw && plan.Source is { } source)
        {
            return Find(source, out var cell) && ValueFormats.TryRaw(cell, out value);
        }

        if (!Holds(plan.Where) || !TryReadPlain(plan, out value))
        {
            return false;
        }

        var symbol = plan.Symbol;
        if (symbol.Words is { } words && symbol.TextField is null)
        {
            value = FieldValue.Of(ValueWords.Of(words, value) ?? value.ToString());
        }
        else if (!TryScale(plan, ref value) || !ValueFormats.TryFinish(symbol.Format, ref value))
        {
            return false;
        }

        if (symbol.Template is { } template && plan.Source is not null)
        {
            value = FieldValue.Of(Render(template, plan, value));
        }

        return true;
    }

    /// <summary>The word that stands for the value, for a second field; null when it has none.</summary>
    public string? Word(ValuePlan plan) => TryReadPlain(plan, out var value) ? ValueWords.Of(plan.Symbol.Words, value) : null;

    /// <summary>The state that the value is; null when the symbol has no states or no value.</summary>
    public (string Word, long Level)? State(ValuePlan plan)
    {
        if (plan.Symbol.States is not { } states || !TryReadPlain(plan, out var value))
        {
            return null;
        }

        var number = ValueNumbers.Of(value);
        return double.IsInteger(number) && states.Find((long)number) is { } state ? state : (value.ToString(), SymbolStates.UnknownLevel);
    }

    /// <summary>Scales a number as the symbol says; false when a cell that it needs has no value.</summary>
    public bool TryScale(ValuePlan plan, ref FieldValue value)
    {
        var symbol = plan.Symbol;
        if (symbol.ScaleFactor is null && symbol.ScaleBy.Count == 0)
        {
            return true;
        }

        var number = ValueNumbers.Scale(ValueNumbers.Of(value), symbol.ScaleFactor ?? 1);
        for (var i = 0; i < symbol.ScaleBy.Count; i++)
        {
            if (!Find(plan.Scales[i], out var cell) || !ValueNumbers.TryScale(symbol.ScaleBy[i], cell.Number, ref number))
            {
                return false;
            }
        }

        value = FieldValue.Of(number);
        return double.IsFinite(number);
    }

    /// <summary>The object that a value was read from; null when it is made of something else.</summary>
    public string? ObjectOf(ValuePlan plan)
    {
        var source = plan.Source ?? plan.Inputs.FirstOrDefault(input => input?.Source is not null)?.Source;
        if (source is null)
        {
            return null;
        }

        var row = RowOf(source);
        return row < 0 ? null : source.Group == PollPlan.ScalarGroup ? source.Oid.ToString() : source.Oid.Append(tables[source.Group]!.IndexOf(row)).ToString();
    }

    /// <summary>The value before words, scale and format.</summary>
    private bool TryReadPlain(ValuePlan plan, out FieldValue value)
    {
        var symbol = plan.Symbol;
        if (!TryReadSource(plan, out value))
        {
            return false;
        }

        if (symbol.IsUnsigned && value is { Kind: FieldKind.Integer, Integer: < 0 and >= int.MinValue })
        {
            value = FieldValue.Of(value.Integer + (1L << 32));
        }

        if (symbol.Invalid.Count > 0 && symbol.Invalid.Contains(ValueNumbers.Of(value)))
        {
            return false;
        }

        return (symbol.Extract is null && symbol.Match is null) || ValueFormats.TryMatch(symbol, ref value);
    }

    private bool TryReadSource(ValuePlan plan, out FieldValue value)
    {
        value = default;
        var symbol = plan.Symbol;
        if (plan.Source is { } source)
        {
            return Find(source, out var cell) && ValueFormats.TryRead(symbol, cell, out value);
        }

        if (symbol.Value is { } expression)
        {
            Span<double> numbers = stackalloc double[MostInputs];
            for (var i = 0; i < plan.Inputs.Count; i++)
            {
                numbers[i] = plan.Inputs[i] is { } input ? TryRead(input, out var read) ? ValueNumbers.Of(read) : double.NaN : Uptime ?? double.NaN;
            }

            var result = expression.Evaluate(numbers[..plan.Inputs.Count]);
            value = FieldValue.Of(result);
            return !double.IsNaN(result);
        }

        if (symbol.Index is { } part)
        {
            return IndexText.TryRead(Index, part, out value);
        }

        value = symbol.IsConstantOne ? FieldValue.Of(1L)
            : FieldValue.Of(symbol.Constant ?? (symbol.Template is { } template ? Render(template, plan, default) : ""));
        return symbol.IsConstantOne || symbol.Constant is not null || value.Text.Length > 0;
    }

    private string Render(Profiles.Expressions.TextTemplate template, ValuePlan plan, FieldValue own) =>
        template.Render((Reader: this, Plan: plan, Own: own), static (values, name) => values.Reader.Named(values.Plan, values.Own, name));

    private string? Named(ValuePlan plan, FieldValue own, Profiles.Expressions.TemplateName name)
    {
        if (name.Symbol is null)
        {
            return IndexText.Arc(Index, name.Arc);
        }

        if (name.Symbol.Length == 0)
        {
            return own.ToString();
        }

        for (var i = 0; i < plan.Inputs.Count; i++)
        {
            if (plan.Symbol.Template!.Symbols[i] == name.Symbol)
            {
                return plan.Inputs[i] is { } input && TryRead(input, out var value) ? value.ToString() : null;
            }
        }

        return null;
    }

    private bool Find(CellSource source, out CellView cell)
    {
        var row = RowOf(source);
        cell = row >= 0 ? tables[source.Group]![row, source.Column] : default;
        return cell.IsPresent;
    }

    /// <summary>The row of a cell's table; -1 when there is none.</summary>
    private int RowOf(CellSource source)
    {
        if (tables[source.Group] is not { } table)
        {
            return -1;
        }

        if (source.Lookup is not { } lookup)
        {
            return source.Group == _group ? _row : source.Group == PollPlan.ScalarGroup ? table.Count - 1 : table.Find(Index);
        }

        if (lookup.Fixed is { } index)
        {
            return table.Find(index);
        }

        Span<byte> buffer = stackalloc byte[Protocol.Oid.LongestEncoded];
        var length = lookup.From is { } from
            ? TryReadPlain(from, out var value) ? IndexText.Encode(value, buffer) : 0
            : IndexText.Transform(Index, lookup.Transform, buffer);
        return length > 0 ? table.Find(buffer[..length]) : -1;
    }
}

using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.InfluxQl.Planning;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>The rows of one group of an inner select, read as if they were stored. Their times were bounded when they were made.</summary>
internal sealed class RowsInput : QueryInput
{
    private readonly GroupRows _rows;
    private readonly SelectPlan _plan;
    private readonly SampleBlock _block = new();

    public RowsInput(GroupRows rows, SelectPlan plan)
    {
        (_rows, _plan) = (rows, plan);
        var count = rows.Times.Length;
        var times = _block.AddTimes(count);
        for (var row = 0; row < count; row++)
        {
            times[row] = rows.Times[Source(row)];
        }

        for (var i = 0; i < rows.Columns.Length; i++)
        {
            Add(rows.Columns[i], i);
        }

        _block.Level();
    }

    public override string Measurement => _rows.Measurement;

    public override bool ShowsEveryRow => true;

    public override string FindTag(string name)
    {
        foreach (var (tag, value) in _rows.Tags)
        {
            if (tag == name)
            {
                return value;
            }
        }

        return "";
    }

    public override (int Place, FieldKind Kind) FindField(string name)
    {
        for (var i = 0; i < _plan.Fields.Count; i++)
        {
            if (_plan.Fields[i].Column == name)
            {
                return (i, KindOf(_rows.Columns[i].Type));
            }
        }

        return (-1, default);
    }

    public override IEnumerable<SampleBlock> Read(ReaderPool readers, TimeRange range, int[] fields, bool ascending) => _block.Count == 0 ? [] : [_block];

    public override long NotBefore(ReaderPool readers, TimeRange range) => _block.Count == 0 ? range.Min : _block.Times[0];

    private static FieldKind KindOf(ValueType type) => type switch
    {
        ValueType.Integer or ValueType.Time => FieldKind.Integer,
        ValueType.Unsigned => FieldKind.Unsigned,
        ValueType.Boolean => FieldKind.Boolean,
        ValueType.Text => FieldKind.String,
        _ => FieldKind.Float,
    };

    /// <summary>Blocks ascend, whatever the order of the select.</summary>
    private int Source(int row) => _plan.Ascending ? row : _rows.Times.Length - 1 - row;

    private void Add(ValueColumn column, int place)
    {
        if (column.Type == ValueType.None)
        {
            return;
        }

        var target = _block.ColumnOf(place, KindOf(column.Type), 0);
        for (var row = 0; row < _rows.Times.Length; row++)
        {
            var value = column[Source(row)];
            if (value.IsNone)
            {
                target.AddMissing(1);
            }
            else
            {
                target.Add(value.Type == ValueType.Text ? _block.AddText(value.Text) : value.Bits);
            }
        }
    }
}

using NocMonitor.LineProtocol;

namespace NocMonitor.TimeSeries.Rollups;

/// <summary>How roll-ups lie in a block: one row an hour, five columns a field, the column's number is field times five plus the statistic.</summary>
internal static class RollupColumns
{
    public const int Count = 0;
    public const int Sum = 1;
    public const int Min = 2;
    public const int Max = 3;
    public const int Last = 4;
    public const int PerField = 5;

    /// <summary>The kind that min, max and last of a field are kept in.</summary>
    public static FieldKind ValueKind(FieldKind kind) => kind == FieldKind.Boolean ? FieldKind.Integer : kind;

    public static bool TryRead(SampleBlock block, int row, int field, out Rollup rollup)
    {
        var first = field * PerField;
        var count = block.Find(first + Count);
        if (count is null || !count.IsPresent(row))
        {
            rollup = default;
            return false;
        }

        rollup = new Rollup(
            block.Times[row],
            count.Bits[row],
            BitConverter.Int64BitsToDouble(block.Find(first + Sum)!.Bits[row]),
            Value(first + Min),
            Value(first + Max),
            Value(first + Last));
        return true;

        FieldValue Value(int number) => block.Value(block.Find(number)!, row)!.Value;
    }
}

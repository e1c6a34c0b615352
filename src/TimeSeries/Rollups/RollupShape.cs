using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Codecs;

namespace NocMonitor.TimeSeries.Rollups;

/// <summary>
/// How the roll-ups of one field are written: as integers times a power of ten, when every statistic of every hour comes back bit by bit, or raw. One byte: kind in bits 0 to 2,
/// scale in bits 3 to 6, raw in bit 7.
/// </summary>
internal readonly record struct RollupShape(FieldKind Kind, int Decimals, bool IsRaw)
{
    private const int RawBit = 0x80;

    public byte Header => (byte)((int)Kind | (Decimals << 3) | (IsRaw ? RawBit : 0));

    public static RollupShape Of(RollupFieldColumns columns)
    {
        var decimals = 0;
        for (var row = 0; row < columns.Rows; row++)
        {
            while (columns.IsPresent(row) && !Fits(columns.At(row), columns.Kind, decimals))
            {
                // The hours before fit a larger scale too, or nearly always: they are looked at again.
                if (columns.Kind != FieldKind.Float || ++decimals > DecimalScale.Largest)
                {
                    return new RollupShape(columns.Kind, 0, true);
                }

                row = 0;
            }
        }

        return new RollupShape(columns.Kind, decimals, false);
    }

    public static RollupShape Read(byte header)
    {
        var shape = new RollupShape((FieldKind)(header & 7), (header >> 3) & 15, header >= RawBit);
        return shape.Kind < FieldKind.Boolean && shape.Decimals <= DecimalScale.Largest ? shape : throw new TornDataException("an unknown form of roll-ups");
    }

    public RollupHour Scale(RollupHour hour) => Kind == FieldKind.Float
        ? new RollupHour(hour.Count, Scaled(hour.Sum), Scaled(hour.Min), Scaled(hour.Max), Scaled(hour.Last))
        : hour with { Sum = (long)BitConverter.Int64BitsToDouble(hour.Sum) };

    public RollupHour Unscale(RollupHour hour) => Kind == FieldKind.Float
        ? new RollupHour(hour.Count, Unscaled(hour.Sum), Unscaled(hour.Min), Unscaled(hour.Max), Unscaled(hour.Last))
        : hour with { Sum = BitConverter.DoubleToInt64Bits(hour.Sum) };

    private static bool Fits(RollupHour hour, FieldKind kind, int decimals)
    {
        return kind == FieldKind.Float
            ? FitsScale(hour.Sum) && FitsScale(hour.Min) && FitsScale(hour.Max) && FitsScale(hour.Last)
            : IsWhole(hour.Sum);

        bool FitsScale(long bits) => DecimalScale.TryScale(bits, decimals, out _);
    }

    /// <summary>A sum of integers is whole; beyond 2^63 it does not fit an integer.</summary>
    private static bool IsWhole(long bits)
    {
        var sum = BitConverter.Int64BitsToDouble(bits);
        return Math.Abs(sum) < -(double)long.MinValue && BitConverter.DoubleToInt64Bits((long)sum) == bits;
    }

    private long Scaled(long bits) => DecimalScale.TryScale(bits, Decimals, out var scaled) ? scaled : 0;

    private long Unscaled(long scaled) => DecimalScale.Unscale(scaled, Decimals);
}

using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>Gives windows without points a value, as <c>fill()</c> says.</summary>
internal static class Filling
{
    /// <param name="points">At most one a window, in order of time.</param>
    /// <param name="fromFirstPoint">Begins with the first window that has a point, because the range has no beginning.</param>
    public static Points Apply(Points points, Windows windows, FillKind fill, Literal? number, bool fromFirstPoint, bool ascending)
    {
        if (points.Count == 0 || fill == FillKind.None)
        {
            return ascending ? points : points.Reversed();
        }

        if (points.Count == windows.Count)
        {
            return ascending ? points : points.Reversed();
        }

        var rows = RowsOf(points, windows);
        var first = fromFirstPoint ? Array.FindIndex(rows, row => row >= 0) : 0;
        var next = NextRows(rows, points, ascending, fill);
        var filled = points.Empty();
        var state = new State(points, filled, fill, NumberBits(number, points.Values.Type));
        for (var step = 0; step < rows.Length - first; step++)
        {
            var window = ascending ? first + step : rows.Length - 1 - step;
            if (rows[window] >= 0)
            {
                // A function that has no value for the points it found, as a deviation of one, is not filled.
                filled.AddFrom(points, rows[window], windows.StartOf(window));
                state.Previous = rows[window];
            }
            else
            {
                state.Fill(windows.StartOf(window), next.Length > 0 ? next[window] : -1);
            }
        }

        return filled;
    }

    private static int[] RowsOf(Points points, Windows windows)
    {
        var rows = new int[windows.Count];
        Array.Fill(rows, -1);
        for (var row = 0; row < points.Count; row++)
        {
            rows[windows.IndexOf(points.Times[row])] = row;
        }

        return rows;
    }

    /// <summary>For each window the row of the next one in the order of filling that has points, or -1; nothing when it is not needed.</summary>
    private static int[] NextRows(int[] rows, Points points, bool ascending, FillKind fill)
    {
        if (fill != FillKind.Linear)
        {
            return [];
        }

        var next = new int[rows.Length];
        var found = -1;
        for (var step = rows.Length - 1; step >= 0; step--)
        {
            var window = ascending ? step : rows.Length - 1 - step;
            next[window] = found;
            found = rows[window] >= 0 ? rows[window] : found;
        }

        return next;
    }

    private static long? NumberBits(Literal? number, ValueType type) => (number, type) switch
    {
        (IntegerLiteral integer, ValueType.Float) => BitConverter.DoubleToInt64Bits(integer.Value),
        (NumberLiteral value, ValueType.Float) => BitConverter.DoubleToInt64Bits(value.Value),
        (IntegerLiteral integer, ValueType.Integer or ValueType.Unsigned) => integer.Value,
        (NumberLiteral value, ValueType.Integer or ValueType.Unsigned) => (long)value.Value,
        (not null, ValueType.Boolean) => 0,
        _ => null,
    };

    private sealed class State(Points points, Points filled, FillKind fill, long? number)
    {
        public int Previous { get; set; } = -1;

        public void Fill(long time, int next)
        {
            var bits = fill switch
            {
                FillKind.Number => number,
                FillKind.Previous => Previous >= 0 && points.Values.IsPresent(Previous) ? points.Values.Bits[Previous] : null,
                FillKind.Linear => Previous >= 0 && next >= 0 ? Between(time, next) : null,
                _ => null,
            };
            if (bits is not { } known)
            {
                filled.AddMissing(time);
                return;
            }

            filled.Add(time, known);
            foreach (var column in filled.Besides)
            {
                column.AddMissing();
            }
        }

        private long? Between(long time, int next)
        {
            var (from, to) = (points.Times[Previous], points.Times[next]);
            var (low, high) = (points.Values[Previous], points.Values[next]);
            if (!low.IsNumber || !high.IsNumber)
            {
                return null;
            }

            // The share comes first: halfway between whole numbers is exact then.
            var rise = low.Type == ValueType.Float ? high.Float - low.Float : high.Integer - low.Integer;
            var value = low.AsDouble() + (rise * ((double)(time - from) / (to - from)));
            return low.Type == ValueType.Float ? BitConverter.DoubleToInt64Bits(value) : (long)value;
        }
    }
}

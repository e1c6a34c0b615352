using System.Globalization;
using System.Text.Json;
using NocMonitor.TimeSeries.InfluxQl;
using ValueType = NocMonitor.TimeSeries.InfluxQl.ValueType;

namespace NocMonitor.Collector.Query.Influx;

/// <summary>
/// Rows of numbers as JSON text, many at a stroke: what a query costs is mostly the writing of its answer, and half of that the calls of a writer that checks each value. One
/// request, one thread; its buffer is reused.
/// </summary>
internal sealed class JsonRows
{
    /// <summary>The longest number: a sign, 17 digits, a point and an exponent.</summary>
    private const int NumberBytes = 32;

    private byte[] _text = [];
    private int _length;

    /// <summary>Whether all columns are numbers, truth values or times as numbers.</summary>
    public static bool Takes(ResultSeries series, long epochUnit)
    {
        foreach (var column in series.Values)
        {
            if (column.Type == ValueType.Text || (column.Type == ValueType.Time && epochUnit == 0))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Writes rows, at least one, as elements of the array that is open.</summary>
    public void Write(Utf8JsonWriter json, ResultSeries series, int first, int count, long epochUnit)
    {
        var rowBytes = 2 + (series.Values.Count * (NumberBytes + 1));
        if (_text.Length < rowBytes * count)
        {
            _text = new byte[rowBytes * count];
        }

        _length = 0;
        for (var row = first; row < first + count; row++)
        {
            Append(series, row, epochUnit);
        }

        json.WriteRawValue(_text.AsSpan(0, _length - 1), skipInputValidation: true);
    }

    private void Append(ResultSeries series, int row, long epochUnit)
    {
        _text[_length++] = (byte)'[';
        var columns = series.Values;
        for (var i = 0; i < columns.Count; i++)
        {
            Append(columns[i][row], epochUnit);
            _text[_length++] = (byte)',';
        }

        _text[_length - 1] = (byte)']';
        _text[_length++] = (byte)',';
    }

    private void Append(in Value value, long epochUnit)
    {
        var room = _text.AsSpan(_length);
        var written = 0;
        var fits = value.Type switch
        {
            ValueType.Float when double.IsFinite(value.Float) => value.Float.TryFormat(room, out written, default, CultureInfo.InvariantCulture),
            ValueType.Integer => value.Integer.TryFormat(room, out written, default, CultureInfo.InvariantCulture),
            ValueType.Unsigned => value.Unsigned.TryFormat(room, out written, default, CultureInfo.InvariantCulture),
            ValueType.Time => (value.Integer / epochUnit).TryFormat(room, out written, default, CultureInfo.InvariantCulture),
            ValueType.Boolean => TryCopy(value.Boolean ? "true"u8 : "false"u8, room, out written),
            _ => TryCopy("null"u8, room, out written),
        };
        _length += fits ? written : throw new InvalidOperationException("a number is longer than any number");
    }

    private static bool TryCopy(ReadOnlySpan<byte> word, Span<byte> room, out int written)
    {
        written = word.Length;
        return word.TryCopyTo(room);
    }
}

using System.Buffers;
using System.Text.Json;
using NocMonitor.TimeSeries.InfluxQl;
using ValueType = NocMonitor.TimeSeries.InfluxQl.ValueType;

namespace NocMonitor.Collector.Query.Influx;

/// <summary>
/// Rows of numbers as JSON text, many at a stroke: what a query costs is mostly the writing of its answer, and half of that the calls of a writer that checks each value. One
/// request, one thread; its buffer is rented for as long.
/// </summary>
internal sealed class JsonRows : IDisposable
{
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
        var columns = series.Values as ValueColumn[] ?? [.. series.Values];
        Grow(count * (2 + (columns.Length * (JsonNumbers.MostBytes + 1))));
        _length = 0;
        for (var row = first; row < first + count; row++)
        {
            _text[_length++] = (byte)'[';
            foreach (var column in columns)
            {
                _length += column.TryGetBits(row, out var bits) ? Write(column.Type, bits, epochUnit, _text.AsSpan(_length)) : Copy("null"u8, _text.AsSpan(_length));
                _text[_length++] = (byte)',';
            }

            _text[_length - 1] = (byte)']';
            _text[_length++] = (byte)',';
        }

        json.WriteRawValue(_text.AsSpan(0, _length - 1), skipInputValidation: true);
    }

    public void Dispose()
    {
        if (_text.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_text);
            _text = [];
        }
    }

    private static int Write(ValueType type, long bits, long epochUnit, Span<byte> room) => type switch
    {
        ValueType.Float when BitConverter.Int64BitsToDouble(bits) is var value && double.IsFinite(value) => JsonNumbers.Write(value, room),
        ValueType.Integer => JsonNumbers.Write(bits, room),
        ValueType.Unsigned => JsonNumbers.Write(unchecked((ulong)bits), room),
        ValueType.Time => JsonNumbers.Write(bits / epochUnit, room),
        ValueType.Boolean => Copy(bits != 0 ? "true"u8 : "false"u8, room),
        _ => Copy("null"u8, room),
    };

    private static int Copy(ReadOnlySpan<byte> text, Span<byte> room)
    {
        text.CopyTo(room);
        return text.Length;
    }

    private void Grow(int bytes)
    {
        if (_text.Length < bytes)
        {
            Dispose();
            _text = ArrayPool<byte>.Shared.Rent(bytes);
        }
    }
}

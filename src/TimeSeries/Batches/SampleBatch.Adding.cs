using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Index;

namespace NocMonitor.TimeSeries;

/// <summary>From a line to a row. A line whose series and field order are known costs no allocation.</summary>
public sealed partial class SampleBatch
{
    /// <summary>
    /// Adds the good line that the reader stands at. A line without a time gets the time of receipt, cut to the precision of the text. False when
    /// the store refuses the line, with the reason in words: a field type conflict, a limit, a time too far away.
    /// </summary>
    /// <param name="receivedNs">When the request came, nanoseconds since 1970-01-01 UTC; also what past and future are measured from.</param>
    public bool TryAdd(ref LineReader line, long receivedNs, out string reject)
    {
        var timestamp = line.TimestampOr(receivedNs);
        if (!_pool.Times.Accepts(timestamp, receivedNs, out reject))
        {
            return false;
        }

        var series = _pool.Index.FindNext(ref line, ref _lastEntry);
        if (series is { IsDropped: false })
        {
            switch (Map(series, ref line, out reject))
            {
                case Mapping.Done:
                    AddRow(series, timestamp, line.Fields.Length);
                    return true;
                case Mapping.Conflict:
                    return false;
            }
        }

        series = _pool.Index.Learn(ref line, Origin!, out reject);
        if (series is null || Map(series, ref line, out reject) != Mapping.Done)
        {
            return false;
        }

        AddRow(series, timestamp, line.Fields.Length);
        return true;
    }

    /// <summary>The series whose lines begin with the raw key; null when none is known by it, or it would have to come back first.</summary>
    public Series? FindSeries(ReadOnlySpan<byte> rawKey) => _pool.Index.FindNext(rawKey, ref _lastEntry) is { IsDropped: false } series ? series : null;

    /// <summary>
    /// Adds a number without a line, to a series that was found at any time before, also for another batch. False, with nothing added, when it takes more than that: a series or a field that is
    /// not there any more or is of another type, a time too far away. The line of the same sample, given to the other overload, then does it or tells why not.
    /// </summary>
    /// <param name="field">Index into <see cref="Series.Fields"/>.</param>
    public bool TryAdd(Series series, int field, double value, long timestamp, long receivedNs)
    {
        // A series that was forgotten stays dropped for ever; one that is dropped from now on waits for this batch.
        var fields = series.Layout.Fields;
        if (series.IsDropped || (uint)field >= (uint)fields.Length || fields[field].Kind != FieldKind.Float || !_pool.Times.Accepts(timestamp, receivedNs))
        {
            return false;
        }

        NextValues(1)[0] = new SampleValue(field, FieldKind.Float, BitConverter.DoubleToInt64Bits(value));
        AddRow(series, timestamp, 1);
        return true;
    }

    /// <summary>
    /// Adds numbers to a row that is in the batch already and is not committed yet, in fields that <see cref="SeriesIndex.TryAddFloats"/> has made known to its
    /// series. The row must not have them.
    /// </summary>
    public void Extend(int row, ReadOnlySpan<(int Field, double Value)> values)
    {
        var old = _rows[row];
        var all = NextValues(old.ValueCount + values.Length);
        Values(old).CopyTo(all);
        for (var i = 0; i < values.Length; i++)
        {
            all[old.ValueCount + i] = new SampleValue(values[i].Field, FieldKind.Float, BitConverter.DoubleToInt64Bits(values[i].Value));
        }

        _rows[row] = new SampleRow(old.Series, old.Timestamp, _valueCount, all.Length);
        _valueCount += all.Length;
        _abandoned += old.ValueCount;
    }

    /// <summary>
    /// Fills the values of the next row. Lines of a series mostly name their fields in the order of its layout, so each field is first held
    /// against the one that stands behind the last match.
    /// </summary>
    private Mapping Map(Series series, ref LineReader line, out string reject)
    {
        reject = "";
        var layout = series.Layout;
        var known = layout.Fields;
        var fields = line.Fields;
        var values = NextValues(fields.Length);
        var expected = 0;
        for (var i = 0; i < fields.Length; i++)
        {
            ref readonly var field = ref fields[i];
            var name = line.RawKey(field);
            var index = expected;
            if ((uint)index >= (uint)known.Length || field.KeyEscaped || !name.SequenceEqual(known[index].Utf8Name))
            {
                index = field.KeyEscaped ? FindEscaped(layout, name) : layout.Find(name);
                if (index < 0)
                {
                    return Mapping.Unknown;
                }
            }

            if (!SeriesIndex.Takes(known[index].Kind, field))
            {
                reject = SeriesIndex.TypeConflict(known[index].Name, known[index].Measurement, field.Kind, known[index].Kind);
                return Mapping.Conflict;
            }

            values[i] = new SampleValue(index, known[index].Kind, field.Kind == FieldKind.String ? TextOf(ref line, field) : field.Bits);
            expected = index + 1;
        }

        return Mapping.Done;
    }

    private static int FindEscaped(FieldLayout layout, ReadOnlySpan<byte> raw)
    {
        var name = raw.Length <= 256 ? stackalloc byte[raw.Length] : new byte[raw.Length];
        return layout.Find(name[..LineEscapes.UnescapeKey(raw, name)]);
    }

    private int TextOf(ref LineReader line, in ParsedField field)
    {
        var raw = line.RawText(field);
        if (!field.TextEscaped)
        {
            return AddText(_pool.Texts.Intern(raw));
        }

        var text = raw.Length <= 256 ? stackalloc byte[raw.Length] : new byte[raw.Length];
        return AddText(_pool.Texts.Intern(text[..LineEscapes.UnescapeText(raw, text)]));
    }

    private enum Mapping
    {
        Done,
        Unknown,
        Conflict,
    }
}

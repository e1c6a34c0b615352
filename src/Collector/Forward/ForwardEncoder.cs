using System.Buffers;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Forward;

/// <summary>
/// Writes rows of the log as the remote is to get them. What a series becomes is decided once; renamed series are kept up to a bound. Owned by one
/// forwarder.
/// </summary>
internal sealed class ForwardEncoder(ForwarderOptions options)
{
    private const int MostRenamed = 50_000;

    private readonly Dictionary<int, byte[]> _renamed = [];
    private readonly Dictionary<SeriesField, string?> _fieldNames = [];
    private SeriesFate[] _fates = [];

    private enum SeriesFate : byte
    {
        Unknown,
        AsItIs,
        Renamed,
        Left,
    }

    /// <summary>Values that the remote has no form for, left out so far: a NaN, or an unsigned integer beyond its reach.</summary>
    public long LeftOutValues { get; private set; }

    /// <summary>Appends a line; nothing when the series is not selected or no field of the row is.</summary>
    /// <returns>Whether a line was written.</returns>
    public bool Write(ArrayBufferWriter<byte> output, SampleBatch batch, in SampleRow row)
    {
        var fate = FateOf(row.Series);
        if (fate == SeriesFate.Left)
        {
            return false;
        }

        if (!WriteFields(output, batch, row, fate))
        {
            return false;
        }

        output.Write(" "u8);
        LineWriter.WriteTimestamp(output, row.Timestamp);
        output.Write("\n"u8);
        return true;
    }

    /// <summary>The series' key goes before the first field: a row without any writes nothing.</summary>
    private bool WriteFields(ArrayBufferWriter<byte> output, SampleBatch batch, in SampleRow row, SeriesFate fate)
    {
        var any = false;
        foreach (ref readonly var value in batch.Values(row))
        {
            if (NameOf(row.Series.Fields[value.Field]) is not { } name || Fit(batch.Value(value)) is not { } fitting)
            {
                continue;
            }

            if (!any)
            {
                WriteKey(output, row.Series, fate);
            }

            output.Write(any ? ","u8 : " "u8);
            LineWriter.WriteField(output, name, fitting);
            any = true;
        }

        return any;
    }

    private void WriteKey(ArrayBufferWriter<byte> output, Series series, SeriesFate fate)
    {
        if (fate == SeriesFate.AsItIs)
        {
            series.WriteKey(output);
        }
        else
        {
            output.Write(Renamed(series));
        }
    }

    private FieldValue? Fit(FieldValue value)
    {
        switch (value.Kind)
        {
            case FieldKind.String:
                return options.SendsTexts ? value : null;
            case FieldKind.Float when !double.IsFinite(value.Float):
                LeftOutValues++;
                return null;
            case FieldKind.Unsigned when !options.SendsUnsigned && value.Unsigned > long.MaxValue:
                LeftOutValues++;
                return null;
            case FieldKind.Unsigned when !options.SendsUnsigned:
                return FieldValue.Of((long)value.Unsigned);
            default:
                return value;
        }
    }

    private SeriesFate FateOf(Series series)
    {
        if (series.Id >= _fates.Length)
        {
            Array.Resize(ref _fates, Math.Max(series.Id + 1, Math.Max(1024, _fates.Length * 2)));
        }

        ref var fate = ref _fates[series.Id];
        if (fate == SeriesFate.Unknown)
        {
            fate = !options.Selection.Includes(series.Key) ? SeriesFate.Left : options.Selection.KeepsKeys ? SeriesFate.AsItIs : SeriesFate.Renamed;
        }

        return fate;
    }

    private byte[] Renamed(Series series)
    {
        if (!_renamed.TryGetValue(series.Id, out var key))
        {
            if (_renamed.Count >= MostRenamed)
            {
                _renamed.Clear();
            }

            key = System.Text.Encoding.UTF8.GetBytes(options.Selection.Rename(series.Key).ToString());
            _renamed.Add(series.Id, key);
        }

        return key;
    }

    private string? NameOf(SeriesField field)
    {
        if (!_fieldNames.TryGetValue(field, out var name))
        {
            name = options.Selection.FieldName(field.Name) is { Length: > 0 } chosen ? chosen : null;
            _fieldNames.Add(field, name);
        }

        return name;
    }
}

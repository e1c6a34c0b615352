using System.Buffers;
using NocMonitor.LineProtocol;

namespace NocMonitor.Collector.Ingest.RemoteWrite;

/// <summary>
/// Goes through a request that <see cref="RemoteWriteMessage.IsWhole"/> found whole and writes each sample as a line of line protocol, so that it takes the way
/// that every point takes. Samples that no line can carry are counted and passed over. One thread; the request must stay as it is.
/// </summary>
/// <remarks>What is wrong with a series (no name, a label twice, text that is not UTF-8) is written as it is: the reader of lines refuses it with its reason.</remarks>
internal sealed class RemoteWriteLines(ReadOnlyMemory<byte> request, int longestLine)
{
    /// <summary>The NaN that tells that a series has ended; its other NaNs are values. Prometheus, model/value.</summary>
    private const ulong StaleMarker = 0x7ff0000000000002;

    private readonly ArrayBufferWriter<byte> _series = new(256);
    private readonly ArrayBufferWriter<byte> _line = new(256);
    private ReadOnlyMemory<byte> _samples;
    private int _nextSeries;
    private int _nextSample;
    private int _lineNumber;

    /// <summary>The line that <see cref="Next"/> stands at, with its line feed.</summary>
    public ReadOnlyMemory<byte> Line => _line.WrittenMemory;

    /// <summary>Markers of the end of a series.</summary>
    public long Stale { get; private set; }

    /// <summary>Values that are no number or infinite.</summary>
    public long NotFinite { get; private set; }

    public long Histograms { get; private set; }

    /// <summary>Goes on to the next sample that a line can carry.</summary>
    public bool Next()
    {
        while (!NextSample())
        {
            if (!NextSeries())
            {
                return false;
            }
        }

        _lineNumber++;
        return true;
    }

    /// <summary>Goes on to the line of that number, from 1, and gives its series; numbers must ascend.</summary>
    public ReadOnlySpan<byte> SeriesOfLine(int number)
    {
        while (_lineNumber < number && Next())
        {
        }

        return _series.WrittenSpan;
    }

    private bool NextSeries()
    {
        var reader = new ProtobufReader(request.Span[_nextSeries..]);
        while (reader.Read())
        {
            if (reader.Field == RemoteWriteMessage.Series)
            {
                _nextSeries += reader.Position;
                _samples = request.Slice(_nextSeries - reader.Content.Length, reader.Content.Length);
                _nextSample = 0;
                WriteSeries(reader.Content);
                return true;
            }
        }

        _nextSeries = request.Length;
        return false;
    }

    private bool NextSample()
    {
        var reader = new ProtobufReader(_samples.Span[_nextSample..]);
        var start = _nextSample;
        while (reader.Read())
        {
            _nextSample = start + reader.Position;
            if (reader.Field == RemoteWriteMessage.Histogram)
            {
                Histograms++;
            }
            else if (reader.Field == RemoteWriteMessage.Sample && TryWriteSample(reader.Content))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>All labels before any sample: the message may have them in any order.</summary>
    private void WriteSeries(ReadOnlySpan<byte> series)
    {
        _series.ResetWrittenCount();
        WriteBounded(MetricName(series), ", "u8);
        var reader = new ProtobufReader(series);

        // A line that is too long already is refused whatever follows.
        while (_series.WrittenCount <= longestLine && reader.Read())
        {
            if (reader.Field != RemoteWriteMessage.Label)
            {
                continue;
            }

            ReadLabel(reader.Content, out var name, out var value);
            if (!name.SequenceEqual(RemoteWriteMessage.MetricName) && !LabelText.IsEmpty(value))
            {
                _series.Write(","u8);
                WriteBounded(name, ",= "u8);
                _series.Write("="u8);
                WriteBounded(value, ",= "u8);
            }
        }
    }

    /// <summary>A text longer than a line may be is refused for its length alone: any of that length will do, and the buffer stays small.</summary>
    private void WriteBounded(ReadOnlySpan<byte> text, ReadOnlySpan<byte> escaped)
    {
        if (text.Length <= longestLine)
        {
            LabelText.Write(_series, text, escaped);
            return;
        }

        _series.GetSpan(longestLine)[..longestLine].Fill((byte)'x');
        _series.Advance(longestLine);
    }

    /// <summary>A name that begins like a comment would be one; without it the line is refused.</summary>
    private static ReadOnlySpan<byte> MetricName(ReadOnlySpan<byte> series)
    {
        var reader = new ProtobufReader(series);
        while (reader.Read())
        {
            if (reader.Field == RemoteWriteMessage.Label)
            {
                ReadLabel(reader.Content, out var name, out var value);
                if (name.SequenceEqual(RemoteWriteMessage.MetricName))
                {
                    return value.StartsWith("#"u8) ? default : value;
                }
            }
        }

        return default;
    }

    private static void ReadLabel(ReadOnlySpan<byte> label, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = value = default;
        var reader = new ProtobufReader(label);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case RemoteWriteMessage.LabelName:
                    name = reader.Content;
                    break;
                case RemoteWriteMessage.LabelValue:
                    value = reader.Content;
                    break;
            }
        }
    }

    private bool TryWriteSample(ReadOnlySpan<byte> sample)
    {
        ulong bits = 0;
        long time = 0;
        var reader = new ProtobufReader(sample);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case RemoteWriteMessage.SampleValue:
                    bits = reader.Number;
                    break;
                case RemoteWriteMessage.SampleTime:
                    time = (long)reader.Number;
                    break;
            }
        }

        var value = BitConverter.UInt64BitsToDouble(bits);
        if (!double.IsFinite(value))
        {
            Count(bits);
            return false;
        }

        _line.ResetWrittenCount();
        _line.Write(_series.WrittenSpan);
        _line.Write(" "u8);
        LineWriter.WriteField(_line, "value", FieldValue.Of(value));
        _line.Write(" "u8);
        LineWriter.WriteTimestamp(_line, time);
        _line.Write("\n"u8);
        return true;
    }

    private void Count(ulong bits)
    {
        if (bits == StaleMarker)
        {
            Stale++;
        }
        else
        {
            NotFinite++;
        }
    }
}

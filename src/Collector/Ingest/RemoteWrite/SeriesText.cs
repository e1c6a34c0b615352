using System.Buffers;
using NocMonitor.LineProtocol;

namespace NocMonitor.Collector.Ingest.RemoteWrite;

/// <summary>
/// One series after the other as line protocol: its key, and its samples as lines, for series that are not known yet and for what the reader of lines must judge. One thread.
/// </summary>
/// <remarks>What is wrong with a series (no name, a label twice, text that is not UTF-8) is written as it is: the reader of lines refuses it with its reason.</remarks>
internal sealed class SeriesText(int longestLine)
{
    private readonly ArrayBufferWriter<byte> _key = new(256);
    private readonly ArrayBufferWriter<byte> _line = new(256);

    /// <summary>Measurement and tags as a line has them, in the order of the labels.</summary>
    public ReadOnlySpan<byte> Key => _key.WrittenSpan;

    /// <summary>The tags of the key.</summary>
    public int Tags { get; private set; }

    /// <summary>Writes the key of a series that is whole. All labels before any sample: the message may have them in any order.</summary>
    public void Write(ReadOnlySpan<byte> series)
    {
        _key.ResetWrittenCount();
        Tags = 0;
        WriteBounded(MetricName(series), ", "u8);
        var reader = new ProtobufReader(series);

        // A line that is too long already is refused whatever follows.
        while (_key.WrittenCount <= longestLine && reader.Read())
        {
            if (reader.Field == RemoteWriteMessage.Label)
            {
                ReadLabel(reader.Content, out var name, out var value);
                WriteTag(name, value);
            }
        }
    }

    /// <summary>A sample of the series as a line, with its line feed.</summary>
    public ReadOnlySpan<byte> LineOf(double value, long milliseconds)
    {
        _line.ResetWrittenCount();
        _line.Write(Key);
        _line.Write(" "u8);
        LineWriter.WriteField(_line, RemoteWriteMessage.Field, FieldValue.Of(value));
        _line.Write(" "u8);
        LineWriter.WriteTimestamp(_line, milliseconds);
        _line.Write("\n"u8);
        return _line.WrittenSpan;
    }

    private void WriteTag(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (!name.SequenceEqual(RemoteWriteMessage.MetricName) && !LabelText.IsEmpty(value))
        {
            _key.Write(","u8);
            WriteBounded(name, ",= "u8);
            _key.Write("="u8);
            WriteBounded(value, ",= "u8);
            Tags++;
        }
    }

    /// <summary>A text longer than a line may be is refused for its length alone: any of that length will do, and the buffer stays small.</summary>
    private void WriteBounded(ReadOnlySpan<byte> text, ReadOnlySpan<byte> escaped)
    {
        if (text.Length <= longestLine)
        {
            LabelText.Write(_key, text, escaped);
            return;
        }

        _key.GetSpan(longestLine)[..longestLine].Fill((byte)'x');
        _key.Advance(longestLine);
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
}

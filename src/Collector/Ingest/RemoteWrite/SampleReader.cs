using System.Buffers.Binary;

namespace NocMonitor.Collector.Ingest.RemoteWrite;

/// <summary>Reads the samples of one series that is whole, in the order they stand there; what else the series has is passed over.</summary>
/// <param name="fields">Of the series, all or from some field on.</param>
internal ref struct SampleReader(ReadOnlySpan<byte> fields)
{
    /// <summary>The NaN that tells that a series has ended; its other NaNs are values. Prometheus, model/value.</summary>
    private const ulong StaleMarker = 0x7ff0000000000002;

    /// <summary>A sample with both of its fields: the keys of the value, eight bytes, and of the time.</summary>
    private const int TimeKeyAt = 9;
    private const int TimeAt = 10;
    private const byte ValueKey = (RemoteWriteMessage.SampleValue << 3) | (int)WireType.Fixed64;
    private const byte TimeKey = (RemoteWriteMessage.SampleTime << 3) | (int)WireType.Varint;

    private ProtobufReader _fields = new(fields);

    /// <summary>Where the next field begins.</summary>
    public readonly int Position => _fields.Position;

    /// <summary>A native histogram, and no number.</summary>
    public readonly bool IsHistogram => _fields.Field == RemoteWriteMessage.Histogram;

    public double Value { get; private set; }

    public readonly bool IsStaleMarker => BitConverter.DoubleToUInt64Bits(Value) == StaleMarker;

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    public long Milliseconds { get; private set; }

    /// <summary>Goes on to the next sample or histogram.</summary>
    public bool Read()
    {
        while (_fields.Read())
        {
            if (_fields.Field == RemoteWriteMessage.Sample)
            {
                ReadSample(_fields.Content);
                return true;
            }

            if (IsHistogram)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a sample is written as all senders do, which is whole: the value, then the time, and no more.</summary>
    public static bool IsUsual(ReadOnlySpan<byte> sample)
    {
        if (sample.Length is <= TimeAt or > TimeAt + 10 || sample[0] != ValueKey || sample[TimeKeyAt] != TimeKey || sample[^1] >= 0x80)
        {
            return false;
        }

        foreach (var part in sample[TimeAt..^1])
        {
            if (part < 0x80)
            {
                return false;
            }
        }

        return true;
    }

    private void ReadSample(ReadOnlySpan<byte> sample)
    {
        ulong bits = 0;
        ulong time = 0;
        if (IsUsual(sample))
        {
            bits = BinaryPrimitives.ReadUInt64LittleEndian(sample[1..]);
            for (var i = sample.Length - 1; i >= TimeAt; i--)
            {
                time = (time << 7) | (sample[i] & 0x7FU);
            }
        }
        else
        {
            ReadUnusual(sample, ref bits, ref time);
        }

        (Value, Milliseconds) = (BitConverter.UInt64BitsToDouble(bits), (long)time);
    }

    private static void ReadUnusual(ReadOnlySpan<byte> sample, ref ulong bits, ref ulong time)
    {
        var reader = new ProtobufReader(sample);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case RemoteWriteMessage.SampleValue:
                    bits = reader.Number;
                    break;
                case RemoteWriteMessage.SampleTime:
                    time = reader.Number;
                    break;
            }
        }
    }
}

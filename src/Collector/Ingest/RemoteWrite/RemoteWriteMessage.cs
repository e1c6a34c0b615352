namespace NocMonitor.Collector.Ingest.RemoteWrite;

/// <summary>
/// The fields of <c>prometheus.WriteRequest</c> (remote.proto and types.proto of remote write 1.0) that are read; others are passed over. A field that
/// has its default, zero or an empty text, may be left out by the sender.
/// </summary>
internal static class RemoteWriteMessage
{
    /// <summary>Of WriteRequest, repeated: a series.</summary>
    public const int Series = 1;

    /// <summary>Of a series, repeated.</summary>
    public const int Label = 1;

    /// <summary>Of a series, repeated.</summary>
    public const int Sample = 2;

    /// <summary>Of a series, repeated: a native histogram.</summary>
    public const int Histogram = 4;

    public const int LabelName = 1;

    public const int LabelValue = 2;

    /// <summary>A double.</summary>
    public const int SampleValue = 1;

    /// <summary>Milliseconds since 1970-01-01 UTC, signed.</summary>
    public const int SampleTime = 2;

    /// <summary>What the value of a sample is called in the store.</summary>
    public const string Field = "value";

    /// <summary>The label that names the metric.</summary>
    public static ReadOnlySpan<byte> MetricName => "__name__"u8;

    /// <summary>Whether a series can be read to its end.</summary>
    public static bool IsWholeSeries(ReadOnlySpan<byte> series)
    {
        var reader = new ProtobufReader(series);
        while (reader.Read())
        {
            if (!IsWholeField(reader))
            {
                return false;
            }
        }

        return !reader.IsBroken;
    }

    /// <summary>Whether what follows the first labels of a series can be read to its end and has no further label.</summary>
    public static bool HasOnlySamples(ReadOnlySpan<byte> rest)
    {
        var reader = new ProtobufReader(rest);
        while (reader.Read())
        {
            if (reader.Field == Label || !IsWholeField(reader))
            {
                return false;
            }
        }

        return !reader.IsBroken;
    }

    /// <summary>Where the labels end that a whole series has in front.</summary>
    public static int EndOfLabels(ReadOnlySpan<byte> series)
    {
        var end = 0;
        var reader = new ProtobufReader(series);
        while (reader.Read() && reader.Field == Label)
        {
            end = reader.Position;
        }

        return end;
    }

    private static bool IsWholeField(in ProtobufReader field) => field.Field switch
    {
        Label => field.Wire == WireType.Length && Has(field.Content, LabelName, WireType.Length, LabelValue, WireType.Length),
        Sample => field.Wire == WireType.Length
            && (SampleReader.IsUsual(field.Content) || Has(field.Content, SampleValue, WireType.Fixed64, SampleTime, WireType.Varint)),
        _ => true,
    };

    private static bool Has(ReadOnlySpan<byte> message, int first, WireType firstWire, int second, WireType secondWire)
    {
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if ((reader.Field == first && reader.Wire != firstWire) || (reader.Field == second && reader.Wire != secondWire))
            {
                return false;
            }
        }

        return !reader.IsBroken;
    }
}

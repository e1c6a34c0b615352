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

    /// <summary>The label that names the metric.</summary>
    public static ReadOnlySpan<byte> MetricName => "__name__"u8;

    /// <summary>Whether the whole request can be read, so that a damaged one is refused before anything of it is stored.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> request)
    {
        var reader = new ProtobufReader(request);
        while (reader.Read())
        {
            if (reader.Field == Series && (reader.Wire != WireType.Length || !IsWholeSeries(reader.Content)))
            {
                return false;
            }
        }

        return !reader.IsBroken;
    }

    private static bool IsWholeSeries(ReadOnlySpan<byte> series)
    {
        var reader = new ProtobufReader(series);
        while (reader.Read())
        {
            var good = reader.Field switch
            {
                Label => reader.Wire == WireType.Length && Has(reader.Content, LabelName, WireType.Length, LabelValue, WireType.Length),
                Sample => reader.Wire == WireType.Length && Has(reader.Content, SampleValue, WireType.Fixed64, SampleTime, WireType.Varint),
                _ => true,
            };
            if (!good)
            {
                return false;
            }
        }

        return !reader.IsBroken;
    }

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

using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Ingest.RemoteWrite;

/// <summary>
/// Goes through a message once before anything of it is stored: whether it is whole, and which series of the store it names. A series is compared with the one that came
/// next the last time, else its key is written and looked up. One request's own.
/// </summary>
internal sealed class SeriesFinder(SeriesOrder order, SeriesText text)
{
    /// <summary>Those of a longer message go by their lines: a message of nothing but empty series is not to take memory.</summary>
    internal const int MostKept = 16 * 1024;

    private readonly List<FoundSeries> _found = [];
    private Series? _last;

    /// <summary>What was found of the first series, in their order.</summary>
    public IReadOnlyList<FoundSeries> Found => _found;

    /// <param name="batch">Knows the store's series.</param>
    /// <returns>False when the message is damaged.</returns>
    public bool TryFind(ReadOnlySpan<byte> message, SampleBatch batch)
    {
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader.Field == RemoteWriteMessage.Series && (reader.Wire != WireType.Length || !TryFindSeries(reader.Content, batch)))
            {
                return false;
            }
        }

        return !reader.IsBroken;
    }

    private bool TryFindSeries(ReadOnlySpan<byte> series, SampleBatch batch)
    {
        var guess = order.After(_last);
        var end = guess is null ? -1 : order.EndOfLabels(series, guess);
        if (end >= 0 && RemoteWriteMessage.HasOnlySamples(series[end..]))
        {
            Keep(guess!, end);
            return true;
        }

        if (!RemoteWriteMessage.IsWholeSeries(series))
        {
            return false;
        }

        LookUp(series, batch);
        return true;
    }

    private void LookUp(ReadOnlySpan<byte> series, SampleBatch batch)
    {
        text.Write(series);
        var end = RemoteWriteMessage.EndOfLabels(series);
        if (!order.Fits(text.Key.Length, text.Tags) || !RemoteWriteMessage.HasOnlySamples(series[end..]) || batch.FindSeries(text.Key) is not { } known)
        {
            Keep(null, 0);
            return;
        }

        if (_last is not null)
        {
            order.Note(_last, known);
        }

        Keep(known, end);
    }

    private void Keep(Series? series, int samples)
    {
        _last = series ?? _last;
        if (_found.Count < MostKept)
        {
            _found.Add(new FoundSeries(series, samples));
        }
    }
}

using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Ingest.RemoteWrite;

/// <summary>
/// The samples of one message. Those of known series go into the batch as they are; the others, and all that may be refused, become lines of line protocol and are judged like
/// everybody's. A damaged message gives nothing. Samples that no line can carry are counted and passed over.
/// </summary>
internal sealed class RemoteWriteSource(ReadOnlyMemory<byte> message, SeriesOrder order, LineIntake intake, IngestOptions options) : IPointSource
{
    private const int LongestName = 120;
    private const long NanosecondsEach = 1_000_000;
    private const long LargestTime = long.MaxValue / NanosecondsEach;

    private readonly SeriesText _text = new(options.MaxLineBytes);
    private SeriesFinder? _finder;

    // Where reading stands: the next series, and the one whose samples are being read.
    private int _nextSeries;
    private int _seriesRead;
    private ReadOnlyMemory<byte> _series;
    private int _nextSample;
    private Series? _known;
    private int _field;
    private bool _isWritten;

    /// <summary>Markers of the end of a series.</summary>
    public long Stale { get; private set; }

    /// <summary>Values that are no number or infinite.</summary>
    public long NotFinite { get; private set; }

    public long Histograms { get; private set; }

    /// <summary>Never waits: the message is in memory.</summary>
    public ValueTask<SourceStep> ReadAsync(SampleBatch batch, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        if (_finder is null)
        {
            intake.Outcome.Bytes += message.Length;
            _finder = new SeriesFinder(order, _text);
            if (!_finder.TryFind(message.Span, batch))
            {
                return ValueTask.FromResult(new SourceStep(IsEnd: true, WriteFailure.Invalid("the body is not a WriteRequest of remote write 1.0")));
            }
        }

        return ValueTask.FromResult(Read(batch));
    }

    private SourceStep Read(SampleBatch batch)
    {
        while (batch.Rows.Length < options.LinesPerCommit)
        {
            ReadSamples(batch);
            if (intake.RefuseLength() is { } failure)
            {
                return new SourceStep(IsEnd: true, failure);
            }

            if (_nextSample == _series.Length && !NextSeries())
            {
                return new SourceStep(IsEnd: true);
            }
        }

        return new SourceStep(IsEnd: false);
    }

    private bool NextSeries()
    {
        var reader = new ProtobufReader(message.Span[_nextSeries..]);
        while (reader.Read())
        {
            if (reader.Field == RemoteWriteMessage.Series)
            {
                _nextSeries += reader.Position;
                _series = message.Slice(_nextSeries - reader.Content.Length, reader.Content.Length);
                var found = _seriesRead < _finder!.Found.Count ? _finder.Found[_seriesRead] : default;
                _seriesRead++;
                _nextSample = found.Samples;
                _isWritten = false;
                Know(found.Series);
                return true;
            }
        }

        return false;
    }

    /// <summary>Stops where the batch is full, and behind a sample that was refused, for the limits to be looked at.</summary>
    private void ReadSamples(SampleBatch batch)
    {
        var start = _nextSample;
        var samples = new SampleReader(_series.Span[start..]);
        var goesOn = true;
        while (goesOn && batch.Rows.Length < options.LinesPerCommit && samples.Read())
        {
            goesOn = Take(samples, batch);
        }

        _nextSample = goesOn && batch.Rows.Length < options.LinesPerCommit ? _series.Length : start + samples.Position;
    }

    private bool Take(in SampleReader sample, SampleBatch batch)
    {
        if (sample.IsHistogram)
        {
            Histograms++;
        }
        else if (double.IsFinite(sample.Value))
        {
            return TryAdd(sample, batch) || TakeLine(sample, batch);
        }
        else if (sample.IsStaleMarker)
        {
            Stale++;
        }
        else
        {
            NotFinite++;
        }

        return true;
    }

    private bool TryAdd(in SampleReader sample, SampleBatch batch)
    {
        if (_known is null || sample.Milliseconds is > LargestTime or < -LargestTime
            || !batch.TryAdd(_known, _field, sample.Value, sample.Milliseconds * NanosecondsEach, intake.ReceivedNs))
        {
            return false;
        }

        intake.Outcome.Lines++;
        intake.Outcome.Values++;
        return true;
    }

    private bool TakeLine(in SampleReader sample, SampleBatch batch)
    {
        if (!_isWritten)
        {
            _text.Write(_series.Span);
            _isWritten = true;
        }

        var name = _text.Key[..Math.Min(_text.Key.Length, LongestName)];
        if (!intake.TakeOne(_text.LineOf(sample.Value, sample.Milliseconds), name, batch))
        {
            return false;
        }

        // Its further samples need no lines.
        Know(order.Fits(_text.Key.Length, _text.Tags) ? batch.FindSeries(_text.Key) : null);
        return true;
    }

    private void Know(Series? series) =>
        (_known, _field) = (series, series?.FindField(RemoteWriteMessage.Field) ?? -1);
}

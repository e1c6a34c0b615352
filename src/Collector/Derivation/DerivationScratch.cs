using System.Buffers;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Derivation;

/// <summary>What one batch needs while it is looked at. One thread's; used again by the next batch.</summary>
internal sealed class DerivationScratch(TimeSeriesStore store) : IDisposable
{
    private static readonly int MostCounters = DerivationCatalog.All.Max(measurement => measurement.Counters.Count);
    private static readonly int MostFields = DerivationCatalog.All.Max(measurement => measurement.Fields.Count);

    private readonly Dictionary<DerivedMeasurement, CounterSample> _samples = new(ReferenceEqualityComparer.Instance);
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly LineScratch _lineScratch = new();
    private SeriesReader? _reader;

    public CounterReading[] Readings { get; } = new CounterReading[MostCounters];

    public double[] Values { get; } = new double[MostFields];

    public List<(int Field, double Value)> Added { get; } = new(MostFields);

    public SeriesIndex Index => store.Index;

    /// <summary>Opened when the first series of a batch has to be looked up.</summary>
    public SeriesReader Reader => _reader ??= store.OpenReader();

    /// <summary>Why the store would not take what was derived; empty when it took all.</summary>
    public string Refused { get; set; } = "";

    public CounterSample SampleOf(DerivedMeasurement measurement)
    {
        if (!_samples.TryGetValue(measurement, out var sample))
        {
            _samples.Add(measurement, sample = new CounterSample(measurement.Counters.Count, measurement.Context.Count));
        }

        return sample;
    }

    /// <summary>Adds a point with a time to a batch; false when the store would not take it.</summary>
    public bool TryAdd(SampleBatch batch, Point point)
    {
        _line.ResetWrittenCount();
        if (!LineWriter.Write(_line, point))
        {
            return false;
        }

        var reader = new LineReader(_lineScratch, _line.WrittenSpan);
        if (!reader.Read() || !reader.IsGood)
        {
            return false;
        }

        // Its time is that of a point which the store has taken a moment ago.
        if (batch.TryAdd(ref reader, point.Timestamp!.Value, out var reject))
        {
            return true;
        }

        Refused = reject;
        return false;
    }

    /// <summary>Gives the reader back; the rest is kept for the next batch.</summary>
    public void Dispose()
    {
        _reader?.Dispose();
        _reader = null;
    }
}

using System.Diagnostics.Metrics;

namespace NocMonitor.Collector.Telemetry;

/// <summary>
/// Listens to every meter of ours and keeps the sums. Instruments may come and go on any thread; the list of readings is guarded by the lock,
/// the numbers guard themselves.
/// </summary>
internal sealed class MeterReadings : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, InstrumentReading> _readings = new(StringComparer.Ordinal);
    private readonly MeterListener _listener;
    private readonly CollectorMeter _own;

    public MeterReadings(CollectorMeter own)
    {
        _own = own;
        _listener = new MeterListener { InstrumentPublished = Publish, MeasurementsCompleted = Complete };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => (state as InstrumentReading)?.Record(value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => (state as InstrumentReading)?.Record(value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => (state as InstrumentReading)?.Record(value, tags));
        _listener.Start();
    }

    /// <summary>Asks the observed instruments and gives all readings, sorted by name.</summary>
    public IReadOnlyList<InstrumentReading> Read()
    {
        _listener.RecordObservableInstruments();
        lock (_lock)
        {
            return [.. _readings.Values];
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Publish(Instrument instrument, MeterListener listener)
    {
        if (!instrument.Meter.Name.StartsWith(CollectorMeter.NamePrefix, StringComparison.Ordinal)
            || (instrument.Meter.Scope is CollectorMeter scope && scope != _own))
        {
            return;
        }

        var reading = new InstrumentReading(instrument);
        lock (_lock)
        {
            _readings[reading.Name] = reading;
        }

        listener.EnableMeasurementEvents(instrument, reading);
    }

    private void Complete(Instrument instrument, object? state)
    {
        if (state is InstrumentReading reading)
        {
            lock (_lock)
            {
                _readings.Remove(reading.Name);
            }
        }
    }
}

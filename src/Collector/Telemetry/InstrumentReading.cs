using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace NocMonitor.Collector.Telemetry;

/// <summary>How an instrument's measurements add up.</summary>
internal enum ReadingKind
{
    Counter,
    Gauge,
    Histogram,
}

/// <summary>
/// What one instrument has measured, by tag set. Measurements come from any thread; each cell is guarded by its own lock. More tag sets than
/// <see cref="MostCells"/> are counted together under no tags: a metric must not grow with what the network sends.
/// </summary>
internal sealed class InstrumentReading
{
    private const int MostCells = 200;

    private readonly ConcurrentDictionary<string, ReadingCell> _cells = new(StringComparer.Ordinal);
    private readonly bool _adds;
    private readonly IReadOnlyList<double> _bounds;

    public InstrumentReading(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        Kind = type == typeof(Histogram<>) ? ReadingKind.Histogram
            : type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? ReadingKind.Counter
            : ReadingKind.Gauge;

        // Observed instruments report totals; the others report steps.
        _adds = type == typeof(Counter<>) || type == typeof(UpDownCounter<>);
        _bounds = (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? [];
        Name = PrometheusName.Of(instrument.Name, instrument.Unit, Kind == ReadingKind.Counter);
        Help = instrument.Description ?? instrument.Name;
        Source = instrument.Name;
    }

    public ReadingKind Kind { get; }

    /// <summary>The name as Prometheus writes it.</summary>
    public string Name { get; }

    /// <summary>The name as the instrument has it.</summary>
    public string Source { get; }

    public string Help { get; }

    public IReadOnlyList<double> Bounds => _bounds;

    /// <summary>Cells by their label text, sorted.</summary>
    public IEnumerable<KeyValuePair<string, ReadingCell>> Cells => _cells.OrderBy(cell => cell.Key, StringComparer.Ordinal);

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var cell = FindCell(tags);
        if (Kind == ReadingKind.Histogram)
        {
            cell.Observe(value, _bounds);
        }
        else if (_adds)
        {
            cell.Add(value);
        }
        else
        {
            cell.Set(value);
        }
    }

    private ReadingCell FindCell(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = tags.IsEmpty ? "" : Labels(tags);
        if (_cells.TryGetValue(labels, out var cell))
        {
            return cell;
        }

        return _cells.GetOrAdd(_cells.Count < MostCells ? labels : "", _ => new ReadingCell(_bounds.Count));
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = new System.Text.StringBuilder();
        foreach (var (name, value) in tags)
        {
            text.Append(text.Length > 0 ? "," : "").Append(PrometheusName.Clean(name)).Append("=\"")
                .Append(PrometheusName.Escape(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")).Append('"');
        }

        return text.ToString();
    }
}

using NocMonitor.Collector.Rules.Definition;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Events;

/// <summary>What all trap series share: the events in force, and the ports. Safe for concurrent use.</summary>
internal sealed class TrapEvents(Func<IReadOnlyList<EventDefinition>> definitions, PortDirectory ports)
{
    public const string Measurement = "snmp_trap";

    /// <summary>Those of the rules in force: a reload changes them.</summary>
    public IReadOnlyList<EventDefinition> Definitions => definitions();

    public PortDirectory Ports => ports;

    /// <summary>The series of traps, or null when it has no host or no name.</summary>
    public TrapSeries? SeriesOf(Series series)
    {
        var key = series.Key;
        return key.FindTag("host") is { Length: > 0 } host && key.FindTag("trap") is { Length: > 0 } trap ? new TrapSeries(host, trap, this) : null;
    }
}

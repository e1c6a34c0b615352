using NocMonitor.Collector.Derivation;
using NocMonitor.Collector.Rules.Definition;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Events;

/// <summary>
/// The traps of one name from one host. Each that begins or ends an event adds a point to the batch it came in: the state of the port in its polled series, where
/// the port is polled, else the state of the event. From there on rules judge it like anything else. Has no state of its own.
/// </summary>
internal sealed class TrapSeries(string host, string trap, TrapEvents events) : IDerivedSeries
{
    public void Derive(SampleBatch batch, int row, DerivationScratch scratch, ref DerivationCounts counts)
    {
        if (events.Definitions.Count == 0)
        {
            return;
        }

        var read = TrapRow.Of(host, trap, batch, row);
        foreach (var definition in events.Definitions)
        {
            foreach (var (raised, by) in Says(definition, read))
            {
                Note(definition, read, by, raised, batch, scratch, ref counts);
            }
        }
    }

    public void Forget()
    {
        // What follows from a trap follows again when it comes again.
    }

    /// <summary>What a trap says of an event: that it began, or that what another trap began is over.</summary>
    private IEnumerable<(bool Raised, string By)> Says(EventDefinition definition, TrapRow read)
    {
        if (definition.IsRaisedBy(trap, read.Severity))
        {
            return [(true, trap)];
        }

        return definition.IsClearedBy(trap) ? [(false, trap)] : definition.EndedAmong(read.Clears).Select(by => (false, by));
    }

    private void Note(EventDefinition definition, TrapRow read, string by, bool raised, SampleBatch batch, DerivationScratch scratch, ref DerivationCounts counts)
    {
        var port = read.PortIndex is { } index ? events.Ports.Find(host, index, scratch.Reader, read.Time) : null;
        var known = port is null ? null : KnownPort.Read(port, scratch.Reader, read.Time);
        if (known is not null && definition.Polled == PortDirectory.Measurement && scratch.TryAdd(batch, known.State(read, raised)))
        {
            counts.Events++;

            // It may have begun before the port was polled.
            raised = false;
        }
        else if (raised && IsPolled(definition, scratch, read.Time))
        {
            return;
        }

        var point = EventPoint.Of(definition, read, by, raised, known);
        if ((raised || EventPoint.IsKnown(point, scratch.Index)) && scratch.TryAdd(batch, point))
        {
            counts.Events++;
        }

        if (!raised && EventPoint.IsOpen(definition, read, by))
        {
            EndEach(point, batch, scratch, ref counts);
        }
    }

    /// <summary>A trap that ends an event and does not say of which thing ends it of all that it began for.</summary>
    private static void EndEach(Point point, SampleBatch batch, DerivationScratch scratch, ref DerivationCounts counts)
    {
        foreach (var each in EventPoint.OfEach(point, scratch.Index).ToList())
        {
            counts.Events += scratch.TryAdd(batch, each) ? 1 : 0;
        }
    }

    /// <summary>Whether the host is polled for what tells the same. A port is asked for by its index instead: that the others are polled does not help it.</summary>
    private bool IsPolled(EventDefinition definition, DerivationScratch scratch, long now)
    {
        if (definition.Polled is "" or PortDirectory.Measurement)
        {
            return false;
        }

        foreach (var series in scratch.Index.Find(definition.Polled, TagMatcher.Equal("host", host)))
        {
            scratch.Reader.Seek(series, now - EventPoint.PolledWithin, long.MaxValue, []);
            if (scratch.Reader.Read())
            {
                return true;
            }
        }

        return false;
    }
}

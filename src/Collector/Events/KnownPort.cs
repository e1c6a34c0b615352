using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Events;

/// <summary>A polled interface as the store knows it last.</summary>
internal sealed record KnownPort(SeriesKey Key, string Name, string Alias, string AdminStatus)
{
    private const long Memory = 24L * 3_600 * 1_000_000_000;

    public static KnownPort Read(Series series, SeriesReader reader, long now)
    {
        return new KnownPort(series.Key, series.Key.FindTag("ifName") ?? "", Text("ifAlias"), Text("ifAdminStatus"));

        string Text(string field) =>
            series.FindField(field) is >= 0 and var place && reader.TryLast(series, place, now - Memory, out _, out var value) ? value.Text : "";
    }

    /// <summary>
    /// A point of the port's polled series that says what the trap says. It has all that rules and texts on the state of a port ask for, because the poll before is
    /// another point.
    /// </summary>
    public Point State(TrapRow trap, bool down)
    {
        var point = new Point(Key.Measurement) { Timestamp = trap.Time };
        foreach (var (tag, value) in Key.Tags)
        {
            point.Tag(tag, value);
        }

        point.Field("ifIndex", trap.PortIndex!.Value).Field("ifOperStatus", down ? "down" : "up").Field("link_trap", trap.Name);
        if (Admin(trap) is { Length: > 0 } admin)
        {
            point.Field("ifAdminStatus", admin);
        }

        return Alias.Length > 0 ? point.Field("ifAlias", Alias) : point;
    }

    /// <summary>What the trap says of it counts, else what was polled: a port that was just shut down by a person is no fault.</summary>
    private string Admin(TrapRow trap) => trap.Fields.GetValueOrDefault("ifAdminStatus") switch
    {
        { Kind: FieldKind.String, Text: "up" or "down" or "testing" } text => text.Text,
        { Kind: FieldKind.Integer, Integer: 1 } => "up",
        { Kind: FieldKind.Integer, Integer: 2 } => "down",
        _ => AdminStatus,
    };
}

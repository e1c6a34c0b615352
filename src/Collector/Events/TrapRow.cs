using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Events;

/// <summary>One trap as it stands in a batch.</summary>
/// <param name="Name">The tag <c>trap</c>.</param>
internal sealed record TrapRow(string Host, string Name, long Time, IReadOnlyDictionary<string, FieldValue> Fields)
{
    /// <summary>Empty when the point does not say.</summary>
    public string Severity => Fields.GetValueOrDefault("severity").Text;

    /// <summary>Names of traps that it ends, with commas.</summary>
    public string Clears => Fields.GetValueOrDefault("clears").Text;

    /// <summary>The port it is about; null when it is about none.</summary>
    public long? PortIndex => Fields.GetValueOrDefault("ifIndex") is { Kind: FieldKind.Integer, Integer: > 0 } index ? index.Integer : null;

    public static TrapRow Of(string host, string name, SampleBatch batch, int row)
    {
        var point = batch.Rows[row];
        var fields = new Dictionary<string, FieldValue>(StringComparer.Ordinal);
        foreach (ref readonly var value in batch.Values(point))
        {
            fields[point.Series.Fields[value.Field].Name] = batch.Value(value);
        }

        return new TrapRow(host, name, point.Timestamp, fields);
    }
}

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>The rows that a select makes of one group: times in the order of the select, and a column for each field.</summary>
/// <param name="Tags">The values of the tags that are grouped by, in the order of their names; empty where a series has none.</param>
internal sealed record GroupRows(string Measurement, IReadOnlyList<KeyValuePair<string, string>> Tags, long[] Times, ValueColumn[] Columns);

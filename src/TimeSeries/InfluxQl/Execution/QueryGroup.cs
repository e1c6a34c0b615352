using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>The series of one measurement that agree in the tags that are grouped by, in order of their names. Built by one thread, then only read.</summary>
internal sealed class QueryGroup(string measurement, IReadOnlyList<KeyValuePair<string, string>> tags)
{
    public string Measurement { get; } = measurement;

    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; } = tags;

    public List<QueryInput> Inputs { get; } = [];

    /// <summary>What each input's rows still have to satisfy; null when nothing.</summary>
    public List<Expr?> Conditions { get; } = [];
}

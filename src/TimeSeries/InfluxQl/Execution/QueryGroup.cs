using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>The series of one measurement that agree in the tags that are grouped by, in order of their names. Built by one thread, then only read.</summary>
internal sealed class QueryGroup(string measurement, IReadOnlyList<KeyValuePair<string, string>> tags)
{
    public string Measurement { get; } = measurement;

    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; } = tags;

    public List<GroupInput> Inputs { get; } = [];

    public void Add(QueryInput input, Expr? condition) => Inputs.Add(new GroupInput(input, condition));

    /// <summary>Puts stored series in the order of their names; rows of an inner select stay in the order they were made.</summary>
    public void Sort()
    {
        if (Inputs.Count > 1 && Inputs.TrueForAll(each => each.Input is StoredInput))
        {
            Inputs.Sort((left, right) => Series.CompareKeys(((StoredInput)left.Input).Series, ((StoredInput)right.Input).Series));
        }
    }
}

/// <summary>An input of a group.</summary>
/// <param name="Condition">What its rows still have to satisfy; null when nothing.</param>
internal readonly record struct GroupInput(QueryInput Input, Expr? Condition);

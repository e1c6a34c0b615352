using System.Collections;

namespace NocMonitor.TimeSeries.InfluxQl.Show;

/// <summary>One text so many times.</summary>
internal sealed class RepeatedText(string text, int count) : IReadOnlyList<string>
{
    public int Count => count;

    public string this[int index] => text;

    public IEnumerator<string> GetEnumerator() => Enumerable.Repeat(text, count).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

using System.Collections;

namespace NocMonitor.TimeSeries.InfluxQl.Show;

/// <summary>A stretch of a list: a page of a hundred thousand values copies none of them.</summary>
internal sealed class TextRange(IReadOnlyList<string> all, int first, int count) : IReadOnlyList<string>
{
    public int Count => count;

    public string this[int index] => all[first + index];

    public IEnumerator<string> GetEnumerator()
    {
        for (var i = 0; i < count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

using System.Collections;

namespace NocMonitor.TimeSeries.Index;

/// <summary>Some texts of a list, by their places in it: an answer of ten thousand costs no list of references of its own.</summary>
internal sealed class PickedTexts(string[] all, List<int> places) : IReadOnlyList<string>
{
    public int Count => places.Count;

    public string this[int index] => all[places[index]];

    public IEnumerator<string> GetEnumerator()
    {
        foreach (var place in places)
        {
            yield return all[place];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

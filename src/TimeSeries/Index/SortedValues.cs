namespace NocMonitor.TimeSeries.Index;

/// <summary>The values of a tag in order. Not to be changed.</summary>
/// <param name="Changes">How often the tag had changed before.</param>
/// <param name="Texts">The values.</param>
/// <param name="Numbers">The number of each.</param>
internal sealed record SortedValues(int Changes, string[] Texts, int[] Numbers)
{
    /// <summary>Those of some numbers, without sorting or copying them.</summary>
    public IReadOnlyList<string> Pick(List<int> some)
    {
        var wanted = IdBits.Of(some);
        var places = new List<int>(some.Count);
        for (var place = 0; place < Numbers.Length; place++)
        {
            if (wanted.Has(Numbers[place]))
            {
                places.Add(place);
            }
        }

        return new PickedTexts(Texts, places);
    }
}

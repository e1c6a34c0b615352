namespace NocMonitor.TimeSeries.Index;

/// <summary>One string object for each tag key and value, whichever measurement it occurs in. Guarded by the index's lock.</summary>
internal sealed class StringPool
{
    private readonly HashSet<string> _strings = new(StringComparer.Ordinal);

    /// <summary>Lets go of a text; should it be in use elsewhere, the next to come is another object.</summary>
    public void Remove(string text) => _strings.Remove(text);

    public string Intern(string text)
    {
        if (_strings.TryGetValue(text, out var known))
        {
            return known;
        }

        _strings.Add(text);
        return text;
    }
}

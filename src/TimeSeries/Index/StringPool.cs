namespace NocMonitor.TimeSeries.Index;

/// <summary>One string object for each tag key and field name, whichever measurement it occurs in. Guarded by the index's lock.</summary>
internal sealed class StringPool
{
    private readonly HashSet<string> _strings = new(StringComparer.Ordinal);

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

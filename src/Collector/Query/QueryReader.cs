using System.Globalization;

namespace NocMonitor.Collector.Query;

/// <summary>
/// Reads the parameters of one request. What is wrong is noted and told at once; a parameter nobody asked for is wrong too, unless the endpoint
/// takes all the rest.
/// </summary>
internal sealed class QueryReader(HttpContext context, TimeProvider time)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly List<string> _errors = [];

    /// <summary>All that is wrong in one text; null when nothing is.</summary>
    public string? Errors => _errors.Count == 0 ? null : string.Join("; ", _errors);

    /// <summary>The text of a parameter; null when it is absent or empty.</summary>
    public string? Text(string name)
    {
        _asked.Add(name);
        return context.Request.Query[name].ToString() is { Length: > 0 } text ? text : null;
    }

    public string RequiredText(string name)
    {
        if (Text(name) is { } text)
        {
            return text;
        }

        _errors.Add($"{name} is required");
        return "";
    }

    public int Integer(string name, int fallback, int low, int high)
    {
        var text = Text(name);
        if (text is null)
        {
            return fallback;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= low && value <= high)
        {
            return value;
        }

        _errors.Add($"{name} is a number from {low} to {high}");
        return fallback;
    }

    public bool Flag(string name)
    {
        var text = Text(name);
        if (text is null or "true" or "false")
        {
            return text == "true";
        }

        _errors.Add($"{name} is true or false");
        return false;
    }

    /// <summary>One of the words; the first stands for an absent parameter.</summary>
    public string Word(string name, params ReadOnlySpan<string> words)
    {
        var text = Text(name) ?? words[0];
        if (!words.Contains(text))
        {
            _errors.Add($"{name} is one of {string.Join(", ", words)}");
        }

        return text;
    }

    public DateTimeOffset Time(string name, DateTimeOffset fallback)
    {
        var text = Text(name);
        if (text is null)
        {
            return fallback;
        }

        if (QueryTime.TryParse(text, time.GetUtcNow(), out var value))
        {
            return value;
        }

        _errors.Add($"{name} is now, a time ago such as -15m, or a time such as 2026-01-05T08:00:00Z");
        return fallback;
    }

    /// <summary>The parameters that were not asked for yet.</summary>
    public IEnumerable<KeyValuePair<string, string>> Rest() =>
        [.. context.Request.Query.Where(pair => !_asked.Contains(pair.Key) && pair.Key is not ("u" or "p")).Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString()))];

    /// <summary>Notes what is left as unknown.</summary>
    public void Complete()
    {
        foreach (var (name, _) in Rest())
        {
            _errors.Add($"there is no parameter {name}");
        }
    }
}

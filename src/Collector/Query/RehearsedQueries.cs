using System.Globalization;
using System.Text.RegularExpressions;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Query;

/// <summary>
/// What dashboards ask first, about a handful of series that are stored: one look at each way that a query can take. Bounded by the number of series and the time it looks back, so that a
/// large store does not start later than a small one.
/// </summary>
internal sealed class RehearsedQueries(TimeSeriesStore store, TimeProvider time)
{
    /// <summary>Series looked at for some with a number and a tag.</summary>
    private const int MostLookedAt = 200;

    /// <summary>Enough to be computed side by side.</summary>
    private const int MostSeries = 8;

    /// <summary>Among more series one alone is asked for, by the index: an expression is held against the names of all.</summary>
    private const int MostCompared = 2000;

    private const int MostFields = 8;

    /// <summary>Series that have the same value of a tag, on average, when it is common.</summary>
    private const int SharedBy = 4;

    public IEnumerable<string> Paths()
    {
        yield return "/";
        yield return "/api/v1/alerts";
        yield return "/api/v1/hosts";
        foreach (var query in Queries())
        {
            yield return $"/query?db=rehearsal&epoch=ms&q={Uri.EscapeDataString(query)}";
        }
    }

    private IEnumerable<string> Queries()
    {
        var most = store.Index.Count <= MostCompared ? MostSeries : 1;
        yield return "SHOW DATABASES; SHOW MEASUREMENTS LIMIT 1";
        if (Subject() is not (var name, [var first, ..] subject))
        {
            yield break;
        }

        var values = subject.Select(series => series.Key.FindTag(name)).OfType<string>().Distinct(StringComparer.Ordinal).Take(most).ToArray();
        var (measurement, tag, value) = (Quoted(first.Key.Measurement, '"'), Quoted(name, '"'), Quoted(values[0], '\''));
        var fields = first.Fields.Where(IsNumber).Take(MostFields).Select(field => Quoted(field.Name, '"')).ToArray();
        var one = $"FROM {measurement} WHERE {tag} = {value}";
        var some = values.Length == 1 ? one : $"FROM {measurement} WHERE {tag} =~ /^({string.Join('|', values.Select(Escaped))})$/";
        yield return $"SELECT last({fields[0]}) {some} GROUP BY {tag}";
        yield return $"SELECT mean({fields[0]}) {one} AND {Within(24)} GROUP BY time(1m)";
        yield return $"SELECT mean({fields[0]}) {some} AND {Within(1)} GROUP BY {tag}";
        yield return $"SELECT mean({fields[0]}) {some} AND {Within(1)} GROUP BY time(1m), {tag} fill(null)";
        yield return $"SELECT mean({fields[0]}) {some} AND {Within(24)} GROUP BY {tag}";
        yield return $"SELECT {string.Join(", ", fields.Select(field => $"max({field})"))} {one} AND {Within(12)} GROUP BY time(1h)";
        yield return $"SELECT max({fields[0]}), count({fields[0]}) {one} AND {Within(24)} GROUP BY time(1h)";
        yield return $"SELECT top({fields[0]}, {tag}, 10) {some} AND {Within(1)}";
        yield return $"SELECT {fields[0]} {one} AND {Within(1)} LIMIT 10";
        yield return $"SHOW TAG VALUES FROM {measurement} WITH KEY = {tag} WHERE {tag} = {value}; SHOW FIELD KEYS FROM {measurement}";
        if (Common(subject) is { } common)
        {
            yield return $"SHOW TAG VALUES FROM {measurement} WITH KEY = {Quoted(common, '"')}";
        }
    }

    /// <summary>Series with numbers of the measurement that has the most of those looked at, and their tag with the most values, which tells them apart best.</summary>
    private (string Tag, List<Series> Series)? Subject()
    {
        var found = new Dictionary<string, List<Series>>(StringComparer.Ordinal);
        for (var id = 0; id < Math.Min(store.Index.Count, MostLookedAt); id++)
        {
            if (store.Index.Find(id) is { } series && series.Key is { Tags.Count: > 0 } key && series.Fields.Any(IsNumber))
            {
                (found.TryGetValue(key.Measurement, out var known) ? known : found[key.Measurement] = []).Add(series);
            }
        }

        return found.Values.MaxBy(alike => alike.Count) is { } most ? (MostTelling(most), most) : null;
    }

    private static string MostTelling(List<Series> alike)
    {
        var keys = alike.ConvertAll(series => series.Key);
        return keys[0].Tags.MaxBy(tag => keys.Select(key => key.FindTag(tag.Key)).Distinct(StringComparer.Ordinal).Count()).Key;
    }

    /// <summary>A tag whose values many series share, so that the list of them is short in a large store too; any in a small one, null when there is none.</summary>
    private string? Common(List<Series> alike)
    {
        var keys = alike.ConvertAll(series => series.Key);
        var (tag, values) = keys[0].Tags.Select(tag => (tag.Key, keys.Select(key => key.FindTag(tag.Key)).Distinct(StringComparer.Ordinal).Count())).MinBy(pair => pair.Item2);
        return store.Index.Count <= MostCompared || values * SharedBy <= keys.Count ? tag : null;
    }

    private static bool IsNumber(SeriesField field) => field.Kind is FieldKind.Float or FieldKind.Integer;

    private string Within(int hours)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return string.Create(CultureInfo.InvariantCulture, $"time >= {now - hours * 3600}s AND time < {now}s");
    }

    /// <summary>As Grafana sends the values of a variable, in an expression.</summary>
    private static string Escaped(string value) => Regex.Escape(value).Replace("/", "\\/", StringComparison.Ordinal);

    private static string Quoted(string text, char quote) =>
        string.Create(CultureInfo.InvariantCulture, $"{quote}{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace($"{quote}", $"\\{quote}", StringComparison.Ordinal)}{quote}");
}

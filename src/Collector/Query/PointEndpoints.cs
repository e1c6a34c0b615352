using System.Text.Json;
using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Rules.Definition;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Query;

/// <summary>A series as the read API shows it.</summary>
internal sealed record SeriesView(string Measurement, IReadOnlyDictionary<string, string> Tags, IReadOnlyDictionary<string, string> Fields, string Origin);

/// <param name="Measurements">All measurements by name.</param>
/// <param name="Series">Those that match; empty without a measurement.</param>
/// <param name="Truncated">There are more than <c>limit</c>.</param>
internal sealed record SeriesList(IReadOnlyList<string> Measurements, IReadOnlyList<SeriesView> Series, bool Truncated);

/// <summary>
/// A plain look at what is stored: series, and their points as they came. Every parameter besides the named ones is a pattern for the tag of its name.
/// For anything that computes there is the query language.
/// </summary>
internal sealed class PointEndpoints(TimeSeriesStore store, TimeProvider time)
{
    private static readonly TimeSpan DefaultRange = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);

    public Task ListSeriesAsync(HttpContext context)
    {
        var query = new QueryReader(context, time);
        var measurement = query.Text("measurement");
        var limit = query.Integer("limit", 1000, 1, 100_000);
        var tags = measurement is null ? [] : Matchers(query);
        if (measurement is null)
        {
            query.Complete();
        }

        if (query.Errors is { } errors)
        {
            return Problem.WriteAsync(context, 400, errors);
        }

        var found = measurement is null ? [] : store.Index.Find(measurement, tags);
        var list = new SeriesList(store.Index.Measurements, [.. found.Take(limit).Select(View)], found.Count > limit);
        return Answer.WriteAsync(context, list, QueryJson.Plain.SeriesList);
    }

    public async Task ListPointsAsync(HttpContext context)
    {
        var query = new QueryReader(context, time);
        var measurement = query.RequiredText("measurement");
        var now = time.GetUtcNow();
        var from = query.Time("from", now - DefaultRange);
        var to = query.Time("to", now + Ahead);
        var selection = new PointSelection(
            [], UnixNanoseconds.From(from), UnixNanoseconds.From(to), query.Text("field"), query.Flag("latest"),
            query.Integer("limit", 1000, 1, 20_000));
        var tags = Matchers(query);
        if (query.Errors is { } errors)
        {
            await Problem.WriteAsync(context, 400, errors);
            return;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter, new JsonWriterOptions { Encoder = QueryJson.Plain.Options.Encoder });
        await (selection with { Series = store.Index.Find(measurement, tags) }).WriteAsync(writer, store, context.RequestAborted);
    }

    private static TagMatcher[] Matchers(QueryReader query) =>
        [.. query.Rest().Select(pair => TagMatcher.Where(pair.Key, new TagPattern(pair.Value).Matches))];

    private static SeriesView View(Series series)
    {
        var key = series.Key;
        return new SeriesView(
            key.Measurement, key.Tags.ToDictionary(StringComparer.Ordinal), series.Fields.ToDictionary(field => field.Name, field => field.Kind.ToString().ToLowerInvariant()),
            series.OriginName);
    }
}

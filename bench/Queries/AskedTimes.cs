using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace NocMonitor.Bench.Queries;

/// <summary>What one question cost one server: milliseconds of a request on one keep-alive connection, and the server's CPU.</summary>
internal sealed record AskedTimes(double P50, double P95, double CpuMs, int Bytes, int Rows)
{
    private const int MostRequests = 400;
    private const int LeastRequests = 20;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(1.2);

    public static async Task<AskedTimes> MeasureAsync(QueriedServer server, Question question)
    {
        using var client = NewClient();
        var url = server.UrlOf(question);
        var body = await AskAsync(client, url);
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < WarmUp)
        {
            await AskAsync(client, url);
        }

        var times = new List<double>();
        var cpu = server.Figures.CpuSeconds;
        started = Stopwatch.GetTimestamp();
        while (times.Count < LeastRequests || (times.Count < MostRequests && Stopwatch.GetElapsedTime(started) < Enough))
        {
            times.Add(await TimeAsync(client, url));
        }

        var cpuMs = (server.Figures.CpuSeconds - cpu) * 1000 / times.Count;
        times.Sort();
        return new AskedTimes(times[times.Count / 2], times[times.Count * 95 / 100], cpuMs, body.Length, RowsOf(body));
    }

    /// <summary>The first request after a restart, over a new connection as it must be.</summary>
    public static async Task<double> FirstAsync(QueriedServer server, Question question)
    {
        using var client = NewClient();
        return await TimeAsync(client, server.UrlOf(question));
    }

    public string Text => string.Create(CultureInfo.InvariantCulture, $"{P50:F2} / {P95:F2} / {CpuMs:F2}");

    private static HttpClient NewClient() => new(new SocketsHttpHandler { MaxConnectionsPerServer = 1, UseProxy = false }) { Timeout = TimeSpan.FromMinutes(1) };

    private static async Task<double> TimeAsync(HttpClient client, Uri url)
    {
        var started = Stopwatch.GetTimestamp();
        await AskAsync(client, url);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static async Task<byte[]> AskAsync(HttpClient client, Uri url)
    {
        using var answer = await client.GetAsync(url);
        var body = await answer.Content.ReadAsByteArrayAsync();
        return answer.IsSuccessStatusCode ? body : throw new InvalidOperationException($"{url} answered {(int)answer.StatusCode}: {System.Text.Encoding.UTF8.GetString(body)}");
    }

    /// <summary>Rows of an answer: of all series of InfluxQL, of PromQL the points of all its series, or the values of a label.</summary>
    private static int RowsOf(byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        if (json.RootElement.TryGetProperty("results", out var results))
        {
            var result = results[0];
            return result.TryGetProperty("error", out var error) ? throw new InvalidOperationException(error.GetString())
                : result.TryGetProperty("series", out var series) ? series.EnumerateArray().Sum(each => each.GetProperty("values").GetArrayLength())
                : 0;
        }

        var data = json.RootElement.GetProperty("data");
        return data.ValueKind == JsonValueKind.Array ? data.GetArrayLength()
            : data.GetProperty("result").EnumerateArray().Sum(each => each.TryGetProperty("values", out var values) ? values.GetArrayLength() : 1);
    }
}

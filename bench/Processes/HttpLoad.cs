using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;

namespace NocMonitor.Bench.Processes;

/// <summary>Posts prepared bodies over keep-alive connections, each worker the next body that is left, until all are accepted.</summary>
internal static class HttpLoad
{
    /// <param name="dress">What the bodies are; line protocol unless said.</param>
    /// <param name="token">Sent along as a client of InfluxDB 2 does.</param>
    /// <returns>Latency of each POST in milliseconds, sorted.</returns>
    public static async Task<double[]> PostAsync(Uri url, IReadOnlyList<byte[]> bodies, int connections, Action<HttpContentHeaders>? dress = null, string? token = null)
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = connections, UseProxy = false };
        using var client = new HttpClient(handler) { Timeout = TimeSpan.FromMinutes(2) };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Token", token);
        var latencies = new double[bodies.Count];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var index && index < bodies.Count)
            {
                var started = Stopwatch.GetTimestamp();
                await PostOneAsync(client, url, bodies[index], dress);
                latencies[index] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }
        }));
        Array.Sort(latencies);
        return latencies;
    }

    private static async Task PostOneAsync(HttpClient client, Uri url, byte[] body, Action<HttpContentHeaders>? dress)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        dress?.Invoke(content.Headers);
        using var answer = await client.PostAsync(url, content);
        if (answer.StatusCode != HttpStatusCode.NoContent)
        {
            throw new InvalidOperationException($"{url} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
    }
}

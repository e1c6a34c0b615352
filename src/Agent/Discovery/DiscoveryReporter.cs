using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using NocMonitor.Agent.Delivery;
using NocMonitor.Agent.Settings;

namespace NocMonitor.Agent.Discovery;

/// <summary>Brings what was found to a collector, in parts, the last of which ends the run. Used once.</summary>
internal sealed class DiscoveryReporter(CollectorOptions collector, TimeProvider time) : IDisposable
{
    private const int DevicesInOnePart = 200;
    private const int MostRanges = 10_000;

    private readonly HttpClient _http = new(CollectorHandler.Create(collector)) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The collector's name as messages show it.</summary>
    public string Name => collector.Url.GetLeftPart(UriPartial.Path).TrimEnd('/');

    /// <summary>Sends everything; the sum of the answers, or why it did not arrive.</summary>
    public async Task<(ReportAnswerJson? Answer, string Error)> SendAsync(
        string id, string agent, IReadOnlyList<DeviceJson> devices, IReadOnlyList<string> ranges, CancellationToken token)
    {
        var sum = new ReportAnswerJson(0, 0, 0, 0);
        var parts = devices.Select(device => new DeviceJson(device.Address, device.Facts)).Chunk(DevicesInOnePart).DefaultIfEmpty([]).ToList();

        // Where nothing answered at all this machine is cut off, rather than everybody gone; and so many ranges no collector takes.
        var isComplete = devices.Count > 0 && ranges.Count <= MostRanges;
        for (var i = 0; i < parts.Count; i++)
        {
            var ends = i == parts.Count - 1 && isComplete;
            var (answer, error) = await PostAsync(new ReportJson(id, agent, ends, ends ? ranges : null, null, parts[i]), token);
            if (answer is null)
            {
                return (null, error);
            }

            sum = new ReportAnswerJson(sum.New + answer.New, sum.Changed + answer.Changed, sum.Unchanged + answer.Unchanged, sum.Absent + answer.Absent);
        }

        return (sum, "");
    }

    public void Dispose() => _http.Dispose();

    private async Task<(ReportAnswerJson? Answer, string Error)> PostAsync(ReportJson report, CancellationToken token)
    {
        using var limit = new CancellationTokenSource(collector.TimeLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(token, limit.Token);
        try
        {
            using var request = Request(report);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            await using var body = await response.Content.ReadAsStreamAsync(both.Token);
            return response.StatusCode == HttpStatusCode.OK
                ? (await JsonSerializer.DeserializeAsync(body, DiscoveryJson.Plain.ReportAnswerJson, both.Token), "an empty answer")
                : (null, $"{(int)response.StatusCode} {await ReasonAsync(body, both.Token)}".TrimEnd());
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return (null, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"no answer within {collector.TimeLimit.TotalSeconds} s"));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
        {
            return (null, exception.InnerException?.Message ?? exception.Message);
        }
    }

    private HttpRequestMessage Request(ReportJson report)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(report, DiscoveryJson.Plain.ReportJson));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, new UriBuilder(collector.Url) { Path = collector.Url.AbsolutePath.TrimEnd('/') + "/api/v1/inventory/discoveries" }.Uri) { Content = content };
        request.Headers.Authorization = collector.Token is { } token ? new AuthenticationHeaderValue("Bearer", token.Reveal()) : null;
        return request;
    }

    private static async Task<string> ReasonAsync(Stream body, CancellationToken token)
    {
        var buffer = new byte[300];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, token);
        return PlainText.Of(buffer.AsSpan(0, length));
    }
}

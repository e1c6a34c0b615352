using System.Net;
using System.Net.Sockets;
using System.Text;
using NocMonitor.EndToEnd.Tests.Stage;
using NocMonitor.Testing;

namespace NocMonitor.EndToEnd.Tests;

/// <summary>Writes go on while the collector is killed, and while others send rubbish.</summary>
public class WriteLoadStoryTests
{
    [Test]
    public async Task What_was_acknowledged_before_a_kill_is_there_after_it_and_no_page_is_doubled()
    {
        await using var site = new Site();
        site.Webhook.Start();
        await site.StartCollectorAsync();
        var acknowledged = new List<int>();
        var start = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - 300_000;

        for (var kill = 0; kill < 3; kill++)
        {
            var writing = WriteAsync(site, start, kill * 1000, acknowledged);
            await Eventually.HappensAsync("writes", () => Task.FromResult(acknowledged.Count > (kill + 1) * 20), site.Evidence);
            site.Collector!.KillHard();
            await site.Collector.ExitAsync(CancellationToken.None);
            await writing;
            await site.StartCollectorAsync();
        }

        await Eventually.HappensAsync("page", () => Task.FromResult(site.Pages().Contains("http.status firing")), site.Evidence);
        var points = (await site.GetAsync("/api/v1/points?measurement=load&limit=20000"))!;
        var stored = points["series"]!.AsArray().SelectMany(series => series!["points"]!.AsArray()).Select(point => (int)point!["fields"]!["number"]!).ToHashSet();
        Assert.That(acknowledged.Except(stored), Is.Empty, "acknowledged and lost");
        Assert.That(site.Pages().Count(page => page == "http.status firing"), Is.EqualTo(1));
    }

    [Test]
    public async Task Rubbish_costs_its_sender_and_nobody_else()
    {
        await using var site = new Site();
        site.Webhook.Start();
        await site.StartCollectorAsync();

        var answers = new List<int>();
        foreach (var body in Rubbish())
        {
            using var content = new ByteArrayContent(body);
            using var answer = await site.PostAsync("/api/v2/write", content);
            answers.Add((int)answer.StatusCode);
            using var good = new StringContent($"good number={answers.Count}i");
            using var accepted = await site.PostAsync("/api/v2/write", good);
            Assert.That(accepted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        }

        await SendRawAsync(site, "POST /api/v2/write HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\ncut off"u8.ToArray());
        await SendRawAsync(site, [0x16, 0x03, 0x01, 0xFF, 0xFF, 0x00]);
        await SendRawAsync(site, Encoding.ASCII.GetBytes($"GET /{new string('a', 100_000)} HTTP/1.1\r\n\r\n"));

        Assert.That(answers, Is.All.InRange(400, 499));
        Assert.That((await site.GetAsync("/api/v1/points?measurement=good&limit=100"))!["series"]![0]!["points"]!.AsArray(), Has.Count.EqualTo(answers.Count));
        Assert.That(site.Collector!.HasExited, Is.False, site.Evidence());
    }

    private static IEnumerable<byte[]> Rubbish()
    {
        yield return "no fields here\n"u8.ToArray();
        yield return "m,=x f=1\n"u8.ToArray();
        yield return "m f=\"never closed\n"u8.ToArray();
        yield return [0, 1, 2, 255, 254, 10, 0];
        yield return Encoding.ASCII.GetBytes($"m,t={new string('x', 3_000_000)} f=1\n");
        yield return Encoding.ASCII.GetBytes($"m {string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"f{i}=1"))}\n");
        yield return "m f=1 99999999999999999999999999\n"u8.ToArray();
    }

    /// <summary>Numbered points, one a request, until the collector is gone; a fault that pages stands among them.</summary>
    private static async Task WriteAsync(Site site, long start, int first, List<int> acknowledged)
    {
        for (var number = first; number < first + 1000; number++)
        {
            try
            {
                using var body = new StringContent($"load,writer=w number={number}i {(start + number) * 1_000_000}\n"
                    + $"http_response,host=web,server=http://web/ result_code=1i\n");
                using var answer = await site.PostAsync("/api/v2/write", body);
                if (answer.StatusCode != HttpStatusCode.NoContent)
                {
                    return;
                }

                acknowledged.Add(number);
            }
            catch (HttpRequestException)
            {
                return;
            }
        }
    }

    private static async Task SendRawAsync(Site site, byte[] bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(site.Url).Port);
        await client.GetStream().WriteAsync(bytes);
        client.Client.Shutdown(SocketShutdown.Send);
    }
}

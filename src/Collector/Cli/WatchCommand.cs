using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NocMonitor.Collector.Cli;

/// <summary><c>watch</c>: points as they arrive at a running collector, one a line, until Ctrl-C.</summary>
internal static class WatchCommand
{
    private const int RedirectedWidth = 160;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var command = new Command("watch", "Shows points as they arrive at a running collector.");
        var api = new ApiClient.Options().AddTo(command);
        var measurement = new Option<string?>("--measurement") { HelpName = "PATTERN", Description = "Only measurements that match, such as cpu or net*|disk (default: all but the collector's own and the probes' rounds)." };
        command.Options.Add(measurement);
        command.SetAction((result, token) => CommandGuard.RunAsync(result, async () =>
        {
            using var client = api.Open(result);
            var pattern = Uri.EscapeDataString(result.GetValue(measurement) ?? "!collector*|probe");
            await FollowAsync(client, $"/api/v1/points/events?measurement={pattern}", result.InvocationConfiguration.Output, token);
        }));
        return command;
    }

    private static async Task FollowAsync(ApiClient client, string path, TextWriter output, CancellationToken token)
    {
        while (true)
        {
            try
            {
                await foreach (var line in client.FollowAsync(path, token))
                {
                    if (line.StartsWith("data: {", StringComparison.Ordinal))
                    {
                        await output.WriteLineAsync(Describe(line.AsMemory(6), Width()));
                    }
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                // The collector is not there yet, or not any more: it may come back.
                await Task.Delay(RetryAfter, TimeProvider.System, token);
            }
        }
    }

    /// <summary>Time, measurement, tags and as many fields as fit.</summary>
    internal static string Describe(ReadOnlyMemory<char> json, int width)
    {
        using var document = JsonDocument.Parse(json);
        var point = document.RootElement;
        var text = new StringBuilder();
        text.Append(point.GetProperty("time").GetDateTime().ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture));
        text.Append(' ').Append(point.GetProperty("measurement").GetString()!.PadRight(14));
        foreach (var tag in point.GetProperty("tags").EnumerateObject().Where(tag => tag.Name != "agent"))
        {
            text.Append(' ').Append(tag.Name == "host" ? tag.Value.GetString() : $"{tag.Name}={tag.Value.GetString()}");
        }

        text.Append(" |");
        foreach (var field in point.GetProperty("fields").EnumerateObject())
        {
            text.Append(' ').Append(field.Name).Append('=').Append(Short(field.Value));
        }

        text.Replace('\n', ' ').Replace('\r', ' ').Replace('\u001b', ' ');
        return text.Length <= width ? text.ToString() : $"{text.ToString(0, width - 1)}…";
    }

    private static string Short(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.GetDouble().ToString("0.###", CultureInfo.InvariantCulture)
        : value.ToString();

    private static int Width() => Console.IsOutputRedirected ? RedirectedWidth : Math.Max(40, Console.WindowWidth - 1);
}

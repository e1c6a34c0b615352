using System.Net;
using System.Net.Sockets;

namespace NocMonitor.Bench.Processes;

/// <summary>Our programs and the peers they are measured beside.</summary>
internal static class Programs
{
    /// <summary>A program of ours as built with the bench.</summary>
    public static string Ours(string name) => Path.Combine(AppContext.BaseDirectory, name);

    /// <summary>A peer's program in PATH; null when it is not installed.</summary>
    public static string? Peer(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    /// <summary>The environment that a program's systemd unit gives it, so that it is measured as it ships.</summary>
    public static IReadOnlyDictionary<string, string> UnitEnvironment(string unit) =>
        File.ReadLines(Path.Combine(BenchResults.FindRoot(), "deploy", "linux", $"{unit}.service"))
            .Where(line => line.StartsWith("Environment=", StringComparison.Ordinal))
            .SelectMany(line => line["Environment=".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Waits until a server answers with success.</summary>
    public static async Task AnswersAsync(Uri url)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        for (var i = 0; i < 300; i++)
        {
            try
            {
                using var answer = await client.GetAsync(url);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet: asked again at the next tick.
            }

            await timer.WaitForNextTickAsync();
        }

        throw new InvalidOperationException($"{url} does not answer");
    }
}

using System.Globalization;
using NocMonitor.Bench.Collector;

namespace NocMonitor.Bench.Queries;

/// <summary>The collector's memory, second by second, while one scenario of the queries is loaded at full speed, while nothing happens and while it is asked.</summary>
internal static class LoadedMemory
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(string name)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / QueryScenario.IntervalSeconds * QueryScenario.IntervalSeconds;
        var scenario = QueryScenario.All(now).First(each => each.Name == name);
        await using var server = QueriedServer.Ours(await CollectorProgram.PathAsync());
        await server.StartAsync();
        using var stop = new CancellationTokenSource();
        var phase = "load";
        var watch = WatchAsync(server, () => phase, stop.Token);
        await new QueryLoad(scenario, server.Write).RunAsync();
        phase = "rest";
        await Task.Delay(Rest, TimeProvider.System);
        foreach (var question in scenario.Questions)
        {
            phase = question.Name;
            var times = await AskedTimes.MeasureAsync(server, question);
            Console.WriteLine($"{question.Name}: {times.Text}");
        }

        phase = "after";
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
        await stop.CancelAsync();
        await watch;
        return 0;
    }

    private static async Task WatchAsync(QueriedServer server, Func<string> phase, CancellationToken token)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), TimeProvider.System);
        for (var second = 1; !token.IsCancellationRequested; second++)
        {
            var status = File.ReadAllLines($"/proc/{server.ProcessId}/status");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{second,4} {phase(),-45} anon {MiB(status, "RssAnon:"),5:F0} file {MiB(status, "RssFile:"),4:F0} peak {MiB(status, "VmHWM:"),5:F0} cpu {server.Figures.CpuSeconds:F1}"));
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private static double MiB(string[] status, string key) =>
        double.Parse(string.Concat(status.First(line => line.StartsWith(key, StringComparison.Ordinal)).Where(char.IsAsciiDigit)), CultureInfo.InvariantCulture) / 1024;
}

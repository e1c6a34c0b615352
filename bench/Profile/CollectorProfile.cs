using NocMonitor.Bench.Collector;
using NocMonitor.Bench.Processes;
using NocMonitor.Bench.Queries;

namespace NocMonitor.Bench.Profile;

/// <summary>
/// Records which methods a collector uses that is started, written to, asked and left alone, with the shipped rules, and writes the profile by which the publish compiles and arranges the program.
/// </summary>
internal static class CollectorProfile
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(15);

    private static readonly string[] Pages = ["/", "/api/v1/alerts", "/api/v1/hosts", "/metrics", "/health"];

    public static async Task<int> RunAsync()
    {
        var program = await CollectorProgram.PathAsync();
        var folder = Directory.CreateTempSubdirectory("nocmonitor-profile-").FullName;
        try
        {
            var list = Path.Combine(folder, "methods");
            await LiveAsync(program, folder, list + ".first", written: true);
            await LiveAsync(program, folder, list + ".second", written: false);
            var methods = File.ReadLines(list + ".first").Concat(File.ReadLines(list + ".second")).Select(CompiledMethod.Read).OfType<CompiledMethod>().DistinctBy(Key).ToList();
            using var libraries = new ProgramLibraries(Path.GetDirectoryName(program)!);
            var profile = new ProfileFile();
            var (found, unknown) = profile.Add(libraries, methods);
            if (unknown > methods.Count / 20)
            {
                Console.Error.WriteLine($"{unknown} of {methods.Count} methods were not found: the compiler's list is written in another way; the profile stays as it is");
                return 1;
            }

            profile.Write(Path.Combine(BenchResults.FindRoot(), "src", "Collector", "collector.mibc"));
            Console.WriteLine($"{methods.Count} methods used, {found} in the profile, {unknown} not found in the program");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static string Key(CompiledMethod method) => $"{Key(method.Type)}:{method.Name}[{string.Join(',', method.Arguments.Select(Key))}]({method.Parameters})";

    private static string Key(TypeName type) => $"{type.Name}[{string.Join(',', type.Arguments.Select(Key))}]";

    /// <summary>One life of the collector without its compiled code, so that the JIT compiler names every method it needs; the second finds what the first has stored.</summary>
    private static async Task LiveAsync(string program, string folder, string list, bool written)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / QueryScenario.IntervalSeconds * QueryScenario.IntervalSeconds;
        var scenario = QueryScenario.All(now)[0] with { Hosts = 20, Start = now - 7200 };
        var url = new Uri($"http://127.0.0.1:{Programs.FreePort()}");
        var environment = new Dictionary<string, string>(Programs.UnitEnvironment("nocmonitor-collector"))
        {
            ["DOTNET_ReadyToRun"] = "0",
            ["DOTNET_JitStdOutFile"] = list,
            ["DOTNET_JitDisasmSummary"] = "1",
        };
        await using var collector = MeasuredProgram.Start(program, folder, environment, "run", "--urls", url.ToString().TrimEnd('/'), "--data", Path.Combine(folder, "data"));
        await Programs.AnswersAsync(new Uri(url, "/ready"));
        if (written)
        {
            await new QueryLoad(scenario, new Uri(url, "/api/v2/write")).RunAsync();
        }

        using var client = new HttpClient { BaseAddress = url };
        var questions = scenario.Questions.Select(question => question.InfluxQl).Append("SHOW TAG VALUES FROM cpu WITH KEY = hostname").Select(text => $"/query?db=b&epoch=ms&q={Uri.EscapeDataString(text)}");
        foreach (var path in Pages.Concat(questions))
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
            await answer.Content.ReadAsByteArrayAsync();
        }

        await Task.Delay(Idle, TimeProvider.System);
        await collector.StopAsync();
    }
}

using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace NocMonitor.Bench;

/// <summary>A benchmark of the catalog.</summary>
/// <param name="Name">The word on the command line and the name of its result file.</param>
/// <param name="Help">What it measures, in one line.</param>
/// <param name="RunAsync">Runs it and writes its table.</param>
internal sealed record Bench(string Name, string Help, Func<BenchResults, Task> RunAsync)
{
    /// <summary>A class of BenchmarkDotNet benchmarks, run in this process by a short job.</summary>
    public static Bench Micro<TBenchmarks>(string name, string help) => new(name, help, results =>
    {
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(new InProcessEmitToolchain(TimeSpan.FromMinutes(5), logOutput: false)))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(ConsoleLogger.Default)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "nocmonitor-bench"));
        var summary = BenchmarkRunner.Run<TBenchmarks>(config);
        var text = new AccumulationLogger();
        MarkdownExporter.GitHub.ExportToLog(summary, text);
        return results.WriteAsync(help, text.GetLog().Replace("&#39;", "").Trim());
    });
}

using System.Diagnostics;
using System.Globalization;
using NocMonitor.Bench.Processes;
using NocMonitor.Bench.TimeSeries;

namespace NocMonitor.Bench.Collector;

/// <summary>A collector as it ships, in a folder of its own; unless told otherwise with rules made for the load: two for each measurement, twenty in all, that never fire.</summary>
internal sealed class CollectorUnderLoad : IAsyncDisposable
{
    private readonly string _folder;
    private readonly MeasuredProgram _program;

    private CollectorUnderLoad(string folder, MeasuredProgram program, Uri url)
    {
        _folder = folder;
        _program = program;
        Url = url;
    }

    public Uri Url { get; }

    public ProcessFigures Figures => _program.Figures;

    /// <summary>Bytes of the samples' folder and all below it.</summary>
    public long DataBytes => new DirectoryInfo(Path.Combine(_folder, "data")).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    public static async Task<CollectorUnderLoad> StartAsync(string options = "", string? ruleFile = null)
    {
        var folder = Directory.CreateTempSubdirectory("nocmonitor-bench-").FullName;
        var rules = Directory.CreateDirectory(Path.Combine(folder, "rules")).FullName;
        await File.WriteAllTextAsync(Path.Combine(rules, "load.json"), ruleFile ?? Rules());
        var url = new Uri($"http://127.0.0.1:{Programs.FreePort()}");
        var config = Path.Combine(folder, "collector.json");
        await File.WriteAllTextAsync(config, $$"""
            { "Collector": { "Rules": { "Directory": "{{rules}}" } {{options}} } }
            """);
        var program = MeasuredProgram.Start(await CollectorProgram.PathAsync(), folder, Programs.UnitEnvironment("nocmonitor-collector"),
            "run", "--config", config, "--urls", url.ToString().TrimEnd('/'), "--data", Path.Combine(folder, "data"));
        await Programs.AnswersAsync(new Uri(url, "/ready"));
        return new CollectorUnderLoad(folder, program, url);
    }

    /// <summary>From its first token on the collector asks for one.</summary>
    public async Task<string> CreateTokenAsync()
    {
        var start = new ProcessStartInfo(await CollectorProgram.PathAsync(), ["token", "create", "--scope", "write", "--name", "load", "--data", Path.Combine(_folder, "data")])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var token = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return token.Trim();
    }

    public async ValueTask DisposeAsync()
    {
        await _program.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Rules()
    {
        var entries = DevopsShape.Measurements.SelectMany(measurement => measurement.Fields.Take(2).Select(field => string.Create(CultureInfo.InvariantCulture, $$"""
              { "Name": "load.{{measurement.Name}}.{{field.Name}}", "Measurement": "{{measurement.Name}}", "Warning": "{{field.Name}} > 1e15",
                "Critical": "{{field.Name}} > 1e16", "For": "5m", "Summary": "never" }
            """)));
        return $"{{ \"Rules\": [\n{string.Join(",\n", entries)}\n] }}";
    }
}

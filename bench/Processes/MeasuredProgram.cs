using System.Diagnostics;

namespace NocMonitor.Bench.Processes;

/// <summary>A program under measurement. Its output is drained; it is asked to stop, then ended, when disposed.</summary>
internal sealed class MeasuredProgram : IAsyncDisposable
{
    private readonly Process _process;

    private MeasuredProgram(Process process) => _process = process;

    public int Id => _process.Id;

    public ProcessFigures Figures => ProcessFigures.Read(_process.Id);

    public static MeasuredProgram Start(string file, string workingFolder, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Forward(file, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new MeasuredProgram(process);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static void Forward(string file, string? line)
    {
        if (!string.IsNullOrEmpty(line))
        {
            Console.Error.WriteLine($"{Path.GetFileName(file)}: {line}");
        }
    }
}

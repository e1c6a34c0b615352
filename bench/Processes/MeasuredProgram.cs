using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NocMonitor.Bench.Processes;

/// <summary>A program under measurement. Its output is drained; it is asked to stop, then ended, when disposed.</summary>
internal sealed partial class MeasuredProgram : IAsyncDisposable
{
    private const int Terminate = 15;

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

    /// <summary>Asks the process to stop as systemd does, and waits for its end.</summary>
    public async Task StopAsync()
    {
        if (Signal(_process.Id, Terminate) != 0)
        {
            throw new InvalidOperationException($"process {_process.Id} could not be asked to stop");
        }

        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

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

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}

using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace NocMonitor.EndToEnd.Tests.Stage;

/// <summary>One of our programs as a real process, with all it printed. Ended, by force if need be, when disposed.</summary>
internal sealed partial class RunningProgram : IAsyncDisposable
{
    private const int Terminate = 15;
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private RunningProgram(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>
    /// Starts a program that was built with the tests, such as <c>nocmonitor-agent</c>; or, where <c>NOCMONITOR_PUBLISHED</c> names a folder with it as
    /// install.sh takes it (<c>agent/nocmonitor-agent</c>), the one that ships.
    /// </summary>
    public static RunningProgram StartOurs(string name, string workingFolder, params string[] arguments) =>
        Start(Published(name) ?? Path.Combine(AppContext.BaseDirectory, name), workingFolder, arguments);

    public static RunningProgram Start(string file, string workingFolder, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        var program = new RunningProgram(new Process { StartInfo = start });
        program._process.OutputDataReceived += (_, line) => program.Keep(line.Data);
        program._process.ErrorDataReceived += (_, line) => program.Keep(line.Data);
        program._process.Start();
        program._process.StandardInput.Close();
        program._process.BeginOutputReadLine();
        program._process.BeginErrorReadLine();
        return program;
    }

    /// <summary>Asks the process to stop as systemd does, and waits for its exit code.</summary>
    public async Task<int> StopAsync(CancellationToken token)
    {
        if (!_process.HasExited && Signal(_process.Id, Terminate) != 0)
        {
            throw new InvalidOperationException($"process {_process.Id} could not be asked to stop");
        }

        return await ExitAsync(token);
    }

    public async Task<int> ExitAsync(CancellationToken token)
    {
        await _process.WaitForExitAsync(token);
        return _process.ExitCode;
    }

    /// <summary>kill -9: the process gets no chance to tidy up.</summary>
    public void KillHard() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static string? Published(string name)
    {
        var folder = Environment.GetEnvironmentVariable("NOCMONITOR_PUBLISHED");
        var program = Path.GetFullPath(Path.Combine(folder ?? "", name["nocmonitor-".Length..], name));
        return folder is { Length: > 0 } && File.Exists(program) ? program : null;
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_output)
            {
                _output.AppendLine(line);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}

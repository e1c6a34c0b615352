using System.ComponentModel;
using System.Diagnostics;

namespace NocMonitor.Probes.Exec;

/// <summary>
/// Runs a program and waits for it no longer than its time limit, then kills it with everything it started. A grandchild that keeps the pipe open after
/// the program ended costs a short grace, and is left alone: programs may start daemons. Holds nothing between runs.
/// </summary>
internal static class ChildProcess
{
    private const int ErrorLimit = 4096;

    /// <summary>How long the pipes may stay open after the program ended, and how long a killed program may take to go.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>Never throws for what the program does; throws when cancelled, after the program was killed.</summary>
    public static async Task<ProgramResult> RunAsync(ProgramCall call, TimeProvider time, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        using var tree = new ProcessTree();
        using var process = new Process { StartInfo = StartInfo(call, tree) };
        try
        {
            process.Start();
        }
        catch (Exception exception) when (exception is Win32Exception or IOException)
        {
            return new ProgramResult(ProgramEnding.NotStarted, 0, "", exception.Message);
        }

        tree.Own(process);
        using var stopReading = new CancellationTokenSource();
        process.StandardInput.Close();
        var output = new OutputReader(process.StandardOutput.BaseStream, call.OutputLimit, stopReading.Token);
        var errors = new OutputReader(process.StandardError.BaseStream, ErrorLimit, stopReading.Token);
        try
        {
            var exited = await WaitAsync(process, tree, call.TimeLimit, time, token);
            await WithinAsync(Task.WhenAll(output.Ended, errors.Ended), time);
            var ending = exited ? ProgramEnding.Exited : ProgramEnding.TimedOut;
            return new ProgramResult(ending, exited ? process.ExitCode : 0, output.Text(), errors.Text()) { Truncated = output.IsTruncated };
        }
        finally
        {
            await stopReading.CancelAsync();
            output.Interrupt();
            errors.Interrupt();
        }
    }

    private static ProcessStartInfo StartInfo(ProgramCall call, ProcessTree tree)
    {
        var start = new ProcessStartInfo(call.Program, call.Arguments)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = call.Folder,
        };
        start.Environment.Clear();
        foreach (var (name, value) in call.Environment)
        {
            start.Environment[name] = value;
        }

        tree.Mark(start.Environment);
        return start;
    }

    /// <returns>False when the time limit came first; the tree is killed then.</returns>
    private static async Task<bool> WaitAsync(Process process, ProcessTree tree, TimeSpan limit, TimeProvider time, CancellationToken token)
    {
        using var late = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(token, late.Token);
        try
        {
            await process.WaitForExitAsync(both.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            tree.Kill(process);
            // A process in an uninterruptible wait of the kernel dies when that ends, which may be never; it is not waited for.
            await WithinAsync(process.WaitForExitAsync(CancellationToken.None), time);
            token.ThrowIfCancellationRequested();
            return false;
        }
    }

    private static async Task WithinAsync(Task task, TimeProvider time)
    {
        using var done = new CancellationTokenSource();
        var first = await Task.WhenAny(task, Task.Delay(Grace, time, done.Token));
        await done.CancelAsync();
        if (first == task)
        {
            await task;
        }
    }
}

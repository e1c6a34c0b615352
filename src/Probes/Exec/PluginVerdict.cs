using System.Globalization;
using NocMonitor.Configuration;

namespace NocMonitor.Probes.Exec;

/// <summary>What a run means: the plugin's state, the probe's result code, and a reason where the plugin itself gave none. A pure function.</summary>
internal readonly record struct PluginVerdict(PluginState State, long Result, string? Reason)
{
    private const int NotExecutable = 126;
    private const int NotFound = 127;
    private const int SignalBase = 128;
    private const int HighestSignal = 64;

    public static PluginVerdict Of(ProgramResult run, ExecOptions options) => run.Ending switch
    {
        ProgramEnding.NotStarted => new PluginVerdict(PluginState.Unknown, ResultCode.ProbeFailed, $"cannot be started: {run.Errors}"),
        ProgramEnding.TimedOut => new PluginVerdict(
            options.OnTimeout == LateResult.Critical ? PluginState.Critical : PluginState.Unknown,
            ResultCode.Timeout,
            $"did not end within {Duration.Format(options.Timeout)} and was killed"),
        _ => OfExitCode(run.ExitCode),
    };

    private static PluginVerdict OfExitCode(int code) => code switch
    {
        (int)PluginState.Ok => new PluginVerdict(PluginState.Ok, ResultCode.Success, null),
        (int)PluginState.Warning or (int)PluginState.Critical => new PluginVerdict((PluginState)code, ResultCode.Mismatch, null),
        (int)PluginState.Unknown => new PluginVerdict(PluginState.Unknown, ResultCode.ProbeFailed, null),
        NotExecutable => Odd("exit code 126: the plugin, or a program it calls, is not executable"),
        NotFound => Odd("exit code 127: the plugin, or a program it calls, is missing"),
        > SignalBase and <= SignalBase + HighestSignal when !OperatingSystem.IsWindows() =>
            Odd(string.Create(CultureInfo.InvariantCulture, $"ended by signal {code - SignalBase}")),
        _ => Odd(string.Create(CultureInfo.InvariantCulture, $"exit code {(code is < 0 or > 0xFFFF ? $"0x{code:X8}" : $"{code}")} is none of 0 to 3")),
    };

    private static PluginVerdict Odd(string reason) => new(PluginState.Unknown, ResultCode.ProbeFailed, reason);
}

namespace NocMonitor.Probes.Exec;

/// <summary>Runs one Nagios plugin a round and turns its exit code, its text and its performance data into points.</summary>
internal sealed class ExecProbe(ExecOptions options, TimeProvider time) : IProbe
{
    private readonly IReadOnlyDictionary<string, string> _environment = PluginEnvironment.Create(options.PassEnvironment, options.Environment);

    public static IProbe Create(ExecOptions options, ProbeContext context) => new ExecProbe(options, context.Time);

    public async ValueTask ProbeAsync(IPointSink points, CancellationToken token)
    {
        var started = time.GetUtcNow();
        var timestamp = time.GetTimestamp();
        var run = await RunAsync(token);
        var output = PluginOutput.Parse(Whole(run), options.PerformanceLimit);
        var state = PluginPoints.State(options.Check, PluginVerdict.Of(run, options), run, output);
        points.Add(state.Field("duration_ms", Math.Round(time.GetElapsedTime(timestamp).TotalMilliseconds, 2)).At(started));
        foreach (var item in output.Performance)
        {
            points.Add(PluginPoints.Item(options.Check, item).At(started));
        }
    }

    private async Task<ProgramResult> RunAsync(CancellationToken token)
    {
        // Looked for at each round: a plugin installed later is found without a restart.
        if (ProgramPath.Find(options.Command) is not { } program)
        {
            return new ProgramResult(ProgramEnding.NotStarted, 0, "", $"no program {options.Command} in PATH or the folders of plugins");
        }

        var call = new ProgramCall(program, options.Args)
        {
            Environment = _environment,
            Folder = options.WorkingDirectory,
            OutputLimit = options.OutputLimit,
            TimeLimit = options.Timeout,
        };
        return await ChildProcess.RunAsync(call, time, token);
    }

    /// <summary>The output without a word that the limit cut through: half a number would be a wrong one.</summary>
    private static ReadOnlySpan<char> Whole(ProgramResult run)
    {
        var text = run.Output.AsSpan();
        return run.Truncated && text.LastIndexOfAny(' ', '\n') is var end and >= 0 ? text[..end] : text;
    }
}

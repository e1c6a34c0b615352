namespace NocMonitor.Probes.Exec;

/// <summary>One run of a program, never through a shell.</summary>
internal sealed record ProgramCall(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>The whole environment of the program: nothing of the agent's own is added.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required string Folder { get; init; }

    /// <summary>Bytes kept of the standard output; the rest is read and thrown away, so that the program does not block on a full pipe.</summary>
    public required int OutputLimit { get; init; }

    public required TimeSpan TimeLimit { get; init; }
}

/// <summary>How a run ended.</summary>
internal enum ProgramEnding
{
    Exited,
    TimedOut,
    NotStarted,
}

/// <summary>What came of a run.</summary>
/// <param name="ExitCode">Meaningful where the program exited; 128 and the signal's number where a signal ended it on Linux.</param>
/// <param name="Errors">The start of the standard error; or, where the program was not started, why.</param>
internal sealed record ProgramResult(ProgramEnding Ending, int ExitCode, string Output, string Errors)
{
    /// <summary>True when the output was longer than the limit.</summary>
    public bool Truncated { get; init; }
}

namespace NocMonitor.Probes.Host.Disk;

/// <summary>How asking a file system went.</summary>
internal enum SpaceOutcome
{
    /// <summary>It answered, with its space or with an error.</summary>
    Answered,

    /// <summary>It did not answer within the time limit of this round.</summary>
    TimedOut,

    /// <summary>It has not answered since an earlier round and was not asked again.</summary>
    Hanging,

    /// <summary>All threads hang in other file systems.</summary>
    NotAsked,
}

/// <param name="Outcome">How it went.</param>
/// <param name="Space">The answer; only when there was one.</param>
/// <param name="Waited">How long it took, or has been taking.</param>
internal readonly record struct SpaceAnswer(SpaceOutcome Outcome, DiskSpace Space, TimeSpan Waited);

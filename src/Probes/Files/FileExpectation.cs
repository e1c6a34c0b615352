namespace NocMonitor.Probes.Files;

/// <summary>Whether a file is meant to be there.</summary>
internal enum FileExpectation
{
    /// <summary>The file, or at least one match, must be there.</summary>
    Present,

    /// <summary>Nothing may be there: lock files, core dumps, files left over in a queue.</summary>
    Absent,

    /// <summary>Both are fine.</summary>
    Either,
}

namespace NocMonitor.Fuzz;

/// <summary>A parser under test. It may refuse any input and must never throw, hang or contradict itself.</summary>
/// <param name="Name">The word on the command line and the folder of its corpus.</param>
/// <param name="Run">Feeds one input; throws when something is wrong.</param>
/// <param name="Words">Pieces of the format that mutations throw in.</param>
public sealed record FuzzTarget(string Name, FuzzInput Run, params string[] Words)
{
    public override string ToString() => Name;
}

public delegate void FuzzInput(ReadOnlySpan<byte> input);

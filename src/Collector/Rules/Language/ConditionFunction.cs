namespace NocMonitor.Collector.Rules.Language;

/// <summary>A function of the condition language: its name, how a call looks, what it gives, and how a call becomes a node.</summary>
/// <param name="Signature">Such as <c>avg(field, window)</c>; the documentation and error messages quote it.</param>
/// <param name="Arguments">Fewest and most arguments.</param>
/// <param name="Compile">Makes the node; null after it noted an error at the call.</param>
internal sealed record ConditionFunction(string Signature, string Help, (int Fewest, int Most) Arguments, Func<FunctionCall, Node?> Compile)
{
    public string Name { get; } = Signature[..Signature.IndexOf('(', StringComparison.Ordinal)];

    /// <summary>The unit of the result where mistaking it is easy, such as hours; empty otherwise.</summary>
    public string Counts { get; init; } = "";

    /// <summary>Whether it gives true or false instead of a number.</summary>
    public bool IsClaim { get; init; }
}

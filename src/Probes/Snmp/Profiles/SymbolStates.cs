namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>What the numbers of a state mean: the device's word and the level for an operator (0 ok, 1 warning, 2 critical, 3 unknown). Immutable.</summary>
internal sealed class SymbolStates(IReadOnlyDictionary<long, (string Word, long Level)> byNumber)
{
    /// <summary>What the levels are called in a profile, in their order.</summary>
    public static IReadOnlyList<string> Levels { get; } = ["ok", "warning", "critical", "unknown"];

    public const long UnknownLevel = 3;

    /// <summary>Null when the profile does not know the number.</summary>
    public (string Word, long Level)? Find(long number) => byNumber.TryGetValue(number, out var state) ? state : null;
}

using System.Globalization;

namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>Reads <c>states</c>: for each level the words and their numbers. Stateless.</summary>
internal static class StateReader
{
    public static SymbolStates? Read(MappingReader reader)
    {
        var states = new Dictionary<long, (string, long)>();
        reader.Section("states", levels =>
        {
            for (var level = 0; level < SymbolStates.Levels.Count; level++)
            {
                ReadLevel(levels, level, states);
            }

            return states;
        });
        return states.Count > 0 ? new SymbolStates(states) : null;
    }

    private static void ReadLevel(MappingReader levels, int level, Dictionary<long, (string Word, long Level)> states)
    {
        foreach (var member in levels.Map(SymbolStates.Levels[level]))
        {
            if (levels.TextOf(member.Node, "states") is { } text && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                if (!states.TryAdd(number, (member.Name, level)))
                {
                    levels.Faults.Error(member.Place, $"the number {number} has two words");
                }
            }
            else
            {
                levels.Faults.Error(member.Node.Place, $"the state {member.Name} needs a number");
            }
        }
    }
}

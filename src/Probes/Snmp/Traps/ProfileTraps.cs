using NocMonitor.Probes.Snmp.Profiles;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Traps;

/// <summary>Names of notifications from device profiles, behind the ones that are known by themselves.</summary>
internal static class ProfileTraps
{
    public static TrapNames NamesOf(ProfileLibrary library)
    {
        // A profile that others extend brings its traps once for each of them.
        var traps = library.Profiles.SelectMany(profile => profile.Traps).ToList();
        return new TrapNames(
            KnownTraps.All.Concat(traps.SelectMany(Names)),
            KnownVariables.All.Concat(traps.SelectMany(trap => trap.Variables).SelectMany(Variables)));
    }

    private static IEnumerable<TrapName> Names(TrapDefinition trap)
    {
        if (trap.Name.Length > 0)
        {
            yield return new TrapName(trap.Oid, trap.Name, trap.Severity.Length > 0 ? trap.Severity : KnownTraps.Warning, trap.Clears)
            {
                Parts = [.. trap.Variables.Where(variable => variable.IsPart).Select(variable => variable.Symbol.Oid).OfType<Oid>()],
            };
        }
    }

    private static IEnumerable<VariableName> Variables(TrapVariable variable)
    {
        if (variable.Symbol is { Oid: { } oid, Name.Length: > 0 } symbol)
        {
            yield return new VariableName(oid, symbol.Field ?? symbol.Name, symbol.Words?.ByNumber);
        }
    }
}

using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>Reads an item of <c>traps</c>. Stateless.</summary>
internal static class TrapReader
{
    public static TrapDefinition? Read(MappingReader trap)
    {
        var oid = trap.Oid("trap_oid");
        var name = trap.Text("trap_name") ?? "";
        var variables = trap.Sections("events", ReadVariable);
        var drops = trap.Flag("drop_undefined");
        var severity = SeverityOf(trap);
        IReadOnlyList<string> clears = [.. trap.Texts("clears").Select(text => text.Text.Trim())];
        trap.Accept("description");
        if (oid is not { } found)
        {
            trap.Error("trap_oid", "a trap needs a trap_oid that is an object identifier");
            return null;
        }

        return new TrapDefinition(trap.Place, found, name, drops, variables, severity, clears);
    }

    private static string SeverityOf(MappingReader trap)
    {
        var severity = trap.Text("severity") ?? "";
        if (severity is "" or "info" or "warning" or "critical")
        {
            return severity;
        }

        trap.Error("severity", $"a severity is info, warning or critical, not '{severity}'");
        return "";
    }

    private static TrapVariable? ReadVariable(MappingReader variable)
    {
        // Kentik writes OID.* for a column whose rows are meant.
        var text = variable.Text("OID") ?? "";
        var isPrefix = text.EndsWith(".*", StringComparison.Ordinal);
        var symbol = SymbolReader.ReadValue(variable);
        var isPart = variable.Flag("part");
        if (!Oid.TryParse(isPrefix ? text[..^2] : text, out var oid))
        {
            variable.Error("OID", $"'{text}' is not an object identifier");
            return null;
        }

        return new TrapVariable(symbol with { Oid = oid }, isPrefix, isPart);
    }
}

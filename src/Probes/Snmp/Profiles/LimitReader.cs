namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>Reads <c>limits</c> of an entry. Stateless.</summary>
internal static class LimitReader
{
    public static LimitRows? Read(MappingReader reader) => reader.Section("limits", limits =>
    {
        var severity = limits.Section("severity", ReadColumn);
        var relation = limits.Section("relation", ReadColumn);
        var value = limits.Section("value", SymbolReader.ReadCell)?.Oid;
        if (severity is not null && relation is not null && value is { } oid)
        {
            return new LimitRows(severity, relation, oid);
        }

        limits.Faults.Error(limits.Place, "limits need severity and relation, each with OID and mapping, and value with OID");
        return null;
    });

    private static LimitColumn? ReadColumn(MappingReader reader)
    {
        var words = WordReader.Read(reader);
        reader.Accept("name");
        return reader.Oid("OID") is { } oid && words is not null ? new LimitColumn(oid, words) : null;
    }
}

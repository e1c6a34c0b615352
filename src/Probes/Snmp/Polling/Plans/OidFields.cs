namespace NocMonitor.Probes.Snmp.Polling.Plans;

/// <summary>Points of these measurements say in the field <c>oid</c> which object their value was read from.</summary>
internal static class OidFields
{
    private static readonly Dictionary<string, string[]> Fields = new(StringComparer.Ordinal)
    {
        ["sensor"] = ["value"],
        ["snmp_cpu"] = ["usage", "usage_1m", "usage_5m", "usage_5s"],
        ["snmp_memory"] = ["used", "free", "used_percent"],
        ["snmp_storage"] = ["used", "free", "used_percent"],
    };

    /// <summary>The place of the field that is meant; -1 when there is none.</summary>
    public static int Find(string measurement, IReadOnlyList<FieldPlan> fields)
    {
        foreach (var name in Fields.GetValueOrDefault(measurement) ?? [])
        {
            for (var i = 0; i < fields.Count; i++)
            {
                if (fields[i].Name == name && fields[i].IsAnswer)
                {
                    return i;
                }
            }
        }

        return -1;
    }
}

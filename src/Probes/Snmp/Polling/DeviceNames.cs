using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Polling;

/// <summary>What every device is asked in each poll, whatever its profile: who it is and how long it runs.</summary>
internal static class DeviceNames
{
    public static Oid Uptime { get; } = Oid.Parse("1.3.6.1.2.1.1.3.0");

    public static IReadOnlyList<Oid> All { get; } =
    [
        Uptime,
        Oid.Parse("1.3.6.1.2.1.1.2.0"),
        Oid.Parse("1.3.6.1.2.1.1.1.0"),
        Oid.Parse("1.3.6.1.2.1.1.5.0"),
        Oid.Parse("1.3.6.1.2.1.1.6.0"),
        Oid.Parse("1.3.6.1.2.1.1.4.0"),
        Oid.Parse("1.3.6.1.6.3.10.2.1.3.0"),
    ];
}

/// <summary>The answers to <see cref="DeviceNames.All"/>.</summary>
internal sealed record DeviceAnswers
{
    public long? Uptime { get; private init; }

    public Oid ObjectId { get; private init; }

    public string Description { get; private init; } = "";

    public string Name { get; private init; } = "";

    public string Location { get; private init; } = "";

    public string Contact { get; private init; } = "";

    /// <summary>snmpEngineTime in seconds, which does not wrap as sysUpTime does.</summary>
    public long? EngineTime { get; private init; }

    public static DeviceAnswers Of(IReadOnlyList<SnmpValue> values) => new()
    {
        Uptime = values[0].TryGetInt64(out var uptime) ? uptime : null,
        ObjectId = values[1].TryGetOid(out var oid) ? oid : default,
        Description = Text(values[2]),
        Name = Text(values[3]),
        Location = Text(values[4]),
        Contact = Text(values[5]),
        EngineTime = values[6].TryGetInt64(out var seconds) ? seconds : null,
    };

    private static string Text(SnmpValue value) => value.Type == SnmpType.OctetString ? OctetText.ToText(value.Bytes).Trim() : "";
}

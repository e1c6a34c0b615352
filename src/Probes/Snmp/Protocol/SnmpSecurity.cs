namespace NocMonitor.Probes.Snmp.Protocol;

/// <summary>What all SNMP conversations of one agent share; get it through <see cref="ProbeContext.Shared{T}"/>. Any thread.</summary>
public sealed class SnmpSecurity(TimeProvider time)
{
    /// <summary>Begins the conversation with a device; the codec is disposed by who asked for it.</summary>
    /// <param name="device">What the device is called in messages: its name or address with the port.</param>
    public SnmpCodec Open(SnmpCredentials credentials, string device) => credentials.Version == SnmpVersion.V3
        ? throw new NotSupportedException($"SNMP version 3 comes with the next landing, {device} at {time.GetUtcNow()}")
        : new CommunityCodec(credentials.Version, credentials.Community?.Reveal() ?? "");
}

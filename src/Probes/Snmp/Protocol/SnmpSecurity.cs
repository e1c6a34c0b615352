using NocMonitor.Probes.Snmp.Protocol.Usm;

namespace NocMonitor.Probes.Snmp.Protocol;

/// <summary>
/// What all SNMP conversations of one agent share: keys made of passwords, and which device has which engine id. One an agent, by
/// <see cref="ProbeContext.Shared{T}"/>. Any thread.
/// </summary>
public sealed class SnmpSecurity(TimeProvider time)
{
    internal UsmKeyCache Keys { get; } = new();

    internal EngineIdRegistry EngineIds { get; } = new();

    /// <summary>
    /// Begins the conversation with a device; the codec is disposed by who asked for it. The first use of a password of version 3 takes some milliseconds.
    /// </summary>
    /// <param name="device">What the device is called in messages: its name or address, with the port.</param>
    public SnmpCodec Open(SnmpCredentials credentials, string device) => credentials.Version == SnmpVersion.V3
        ? new UsmCodec(credentials, device, Keys, EngineIds, time)
        : new CommunityCodec(credentials.Version, credentials.Community?.Reveal() ?? "");
}

namespace NocMonitor.Probes.Snmp.Protocol.Usm;

/// <summary>A user's keys at one engine; empty where the level needs none. Immutable.</summary>
internal sealed record UsmKeys(byte[] Auth, byte[] Priv)
{
    public static UsmKeys None { get; } = new([], []);

    public override string ToString() => "***";
}

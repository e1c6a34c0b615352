namespace NocMonitor.Testing.Snmp;

/// <summary>One instance that a simulated device knows: its name, and its value as the wire has it.</summary>
internal sealed class MibObject(byte[] name, byte tag, byte[] content)
{
    public byte[] Name { get; } = name;

    public byte Tag { get; } = tag;

    public byte[] Content { get; } = content;

    /// <summary>The whole varbind, encoded once; of no use to an instance that changes with time.</summary>
    public byte[] Varbind { get; } = Ber.Varbind(name, tag, content);

    /// <summary>The value of an instance that changes with time, at this moment; null for one that does not.</summary>
    public Func<byte[]>? Live { get; init; }

    /// <summary>How long the device takes to fetch this instance.</summary>
    public TimeSpan Delay { get; init; }

    public bool IsPlain => Live is null && Delay == TimeSpan.Zero;

    public byte[] Encode() => Live is null ? Varbind : Ber.Varbind(Name, Tag, Live());
}

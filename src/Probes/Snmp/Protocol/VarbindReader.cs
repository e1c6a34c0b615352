namespace NocMonitor.Probes.Snmp.Protocol;

/// <summary>
/// Reads the varbinds of a PDU one after the other, without allocating. The first one that is malformed ends the reading and sets
/// <see cref="IsBroken"/>: what was read before it stands.
/// </summary>
public ref struct VarbindReader
{
    private ReadOnlySpan<byte> _rest;
    private ReadOnlySpan<byte> _name;
    private ReadOnlySpan<byte> _content;
    private byte _tag;

    /// <param name="varbinds">The content of a VarBindList.</param>
    public VarbindReader(ReadOnlySpan<byte> varbinds) => _rest = varbinds;

    public readonly VarbindView Current => new(_name, _tag, _content);

    public bool IsBroken { get; private set; }

    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        if (Ber.TryTake(ref _rest, Ber.Sequence, out var varbind)
            && Ber.TryTake(ref varbind, Ber.ObjectIdentifier, out _name)
            && Ber.TryTake(ref varbind, out _tag, out _content)
            && varbind.IsEmpty
            && Oid.IsWellFormed(_name))
        {
            return true;
        }

        IsBroken = true;
        _rest = [];
        return false;
    }

    public readonly VarbindReader GetEnumerator() => this;
}

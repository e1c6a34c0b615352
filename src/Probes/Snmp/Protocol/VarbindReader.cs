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

        var rest = _rest;
        if (Ber.TryTake(ref rest, Ber.Sequence, out var varbind)
            && Ber.TryTake(ref varbind, Ber.ObjectIdentifier, out var name)
            && Ber.TryTake(ref varbind, out var tag, out var content)
            && varbind.IsEmpty
            && Oid.IsWellFormed(name))
        {
            _rest = rest;
            _name = name;
            _content = content;
            _tag = tag;
            return true;
        }

        IsBroken = true;
        _rest = [];
        return false;
    }

    public readonly VarbindReader GetEnumerator() => this;
}

namespace NocMonitor.Probes.Snmp.Protocol;

/// <summary>
/// Reads encoded arcs one after the other: those of a row's index, or of a whole identifier, whose first two come as one number (40 times the first
/// plus the second). An arc that does not fit 32 bits (RFC 2578 section 3.5 forbids it) reads as the highest number, so that it is mistaken for no
/// other; an incomplete last arc ends the reading.
/// </summary>
public ref struct OidArcs(ReadOnlySpan<byte> encoded)
{
    private ReadOnlySpan<byte> _rest = encoded;

    public uint Current { get; private set; }

    /// <summary>What was not read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    public bool MoveNext()
    {
        ulong arc = 0;
        for (var i = 0; i < _rest.Length; i++)
        {
            var value = _rest[i];
            arc = Math.Min((arc << 7) | (value & 0x7Fu), uint.MaxValue);
            if (value < 0x80)
            {
                Current = (uint)arc;
                _rest = _rest[(i + 1)..];
                return true;
            }
        }

        _rest = [];
        return false;
    }

    public readonly OidArcs GetEnumerator() => this;
}

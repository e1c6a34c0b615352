namespace NocMonitor.Testing.Snmp;

/// <summary>Where one column of a request stands: steps from name to name, misbehaving as it is told.</summary>
internal struct MibCursor
{
    private readonly MibView _view;
    private readonly DeviceFaults _faults;
    private readonly bool _skipsCounter64;
    private byte[] _name;
    private int _next;

    public MibCursor(MibView view, DeviceFaults faults, ReadOnlySpan<byte> name, bool skipsCounter64)
    {
        _view = view;
        _faults = faults;
        _skipsCounter64 = skipsCounter64;
        _name = name.ToArray();
        _next = view.After(name);
    }

    /// <summary>The last name stepped to, or the one asked for.</summary>
    public readonly byte[] Name => _name;

    /// <summary>The object after the last one; null at the end of everything.</summary>
    public MibObject? Step()
    {
        while (_skipsCounter64 && _next < _view.Objects.Length && _view.Objects[_next].Tag == Ber.Counter64)
        {
            _next++;
        }

        var found = Misled(_next < _view.Objects.Length ? _view.Objects[_next] : null);
        _next++;
        _name = found?.Name ?? _name;
        return found;
    }

    private readonly MibObject? Misled(MibObject? found)
    {
        if (_faults.NotIncreasingUnder is { } loop && IsUnder(_name, loop) && found is not null && IsUnder(found.Name, loop))
        {
            return _view.Objects[_view.After(OidBytes.Encode(loop))];
        }

        if (_faults.EndlessUnder is { } endless && IsUnder(_name, endless) && (found is null || !IsUnder(found.Name, endless)))
        {
            var arcs = OidBytes.Format(_name).Split('.').Select(uint.Parse).ToArray();
            arcs[^1]++;
            return new MibObject(OidBytes.Encode(string.Join('.', arcs)), Ber.Integer, [1]);
        }

        return found;
    }

    public static bool IsUnder(ReadOnlySpan<byte> name, string prefix)
    {
        var encoded = OidBytes.Encode(prefix);
        return name.Length > encoded.Length && name.StartsWith(encoded);
    }
}

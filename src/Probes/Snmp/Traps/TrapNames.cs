using System.Diagnostics.CodeAnalysis;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Traps;

/// <summary>A notification by its snmpTrapOID.</summary>
/// <param name="Severity">How bad it is by its nature: <c>info</c>, <c>warning</c> or <c>critical</c>; rules decide in the end.</param>
/// <param name="Clears">Names of the notifications that this one ends.</param>
internal sealed record TrapName(Oid Oid, string Name, string Severity, IReadOnlyList<string> Clears)
{
    /// <summary>The objects whose values say which part of the device it is about; none where it is about the whole.</summary>
    public IReadOnlyList<Oid> Parts { get; init; } = [];
}

/// <summary>An object that notifications carry, without its instance.</summary>
/// <param name="Words">Words of an enumeration by number; null for none.</param>
internal sealed record VariableName(Oid Oid, string Name, IReadOnlyDictionary<long, string>? Words);

/// <summary>What notifications and the objects in them are called. Immutable.</summary>
internal sealed class TrapNames
{
    /// <summary>Arcs of an instance that are looked behind for the object's name; an index of an address of IPv6 and more.</summary>
    private const int LongestInstance = 40;

    private readonly Dictionary<Oid, TrapName> _traps = new(OidBytes.Instance);
    private readonly Dictionary<Oid, VariableName> _variables = new(OidBytes.Instance);
    private readonly Dictionary<Oid, TrapName>.AlternateLookup<ReadOnlySpan<byte>> _trapLookup;
    private readonly Dictionary<Oid, VariableName>.AlternateLookup<ReadOnlySpan<byte>> _variableLookup;

    /// <summary>What comes first counts.</summary>
    public TrapNames(IEnumerable<TrapName> traps, IEnumerable<VariableName> variables)
    {
        foreach (var trap in traps)
        {
            _traps.TryAdd(trap.Oid, trap);
        }

        foreach (var variable in variables)
        {
            _variables.TryAdd(variable.Oid, variable);
        }

        _trapLookup = _traps.GetAlternateLookup<ReadOnlySpan<byte>>();
        _variableLookup = _variables.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public TrapName? FindTrap(ReadOnlySpan<byte> oid) => _trapLookup.TryGetValue(oid, out var trap) ? trap : null;

    /// <summary>The object that a varbind's name is an instance of.</summary>
    /// <param name="instance">The encoded arcs behind the object.</param>
    public bool TryFindVariable(ReadOnlySpan<byte> name, [NotNullWhen(true)] out VariableName? variable, out ReadOnlySpan<byte> instance)
    {
        var length = name.Length;
        for (var arcs = 0; length > 0 && arcs <= LongestInstance; arcs++)
        {
            if (_variableLookup.TryGetValue(name[..length], out variable))
            {
                instance = name[length..];
                return true;
            }

            length--;
            while (length > 0 && name[length - 1] >= 0x80)
            {
                length--;
            }
        }

        variable = null;
        instance = default;
        return false;
    }

    /// <summary>Compares identifiers with their bytes in a message, so that none is made to look one up.</summary>
    private sealed class OidBytes : IEqualityComparer<Oid>, IAlternateEqualityComparer<ReadOnlySpan<byte>, Oid>
    {
        public static OidBytes Instance { get; } = new();

        public bool Equals(Oid left, Oid right) => left.Equals(right);

        public int GetHashCode(Oid oid) => GetHashCode(oid.Encoded);

        public Oid Create(ReadOnlySpan<byte> alternate) => Oid.FromEncoded(alternate);

        public bool Equals(ReadOnlySpan<byte> alternate, Oid other) => alternate.SequenceEqual(other.Encoded);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }
    }
}

using NocMonitor.Configuration;

namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>Gathers the faults of one load. Bounded: beyond so many only their number is kept. One owner.</summary>
internal sealed class ProfileFaults
{
    public const int Most = 10_000;

    private readonly List<ProfileFault> _list = [];

    /// <summary>In the order they were found.</summary>
    public IReadOnlyList<ProfileFault> All => _list;

    /// <summary>Faults that are not kept.</summary>
    public int Dropped { get; private set; }

    /// <summary>Those that cost something, kept or not.</summary>
    public int Errors { get; private set; }

    public void Error(ConfigPlace place, string message) => Add(new ProfileFault(place, ProfileFaultKind.Error, message));

    public void Unsupported(ConfigPlace place, string message) => Add(new ProfileFault(place, ProfileFaultKind.Unsupported, message));

    private void Add(ProfileFault fault)
    {
        Errors += fault.Kind == ProfileFaultKind.Error ? 1 : 0;
        if (_list.Count < Most)
        {
            _list.Add(fault);
        }
        else
        {
            Dropped++;
        }
    }
}

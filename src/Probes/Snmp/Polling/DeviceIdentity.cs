using NocMonitor.Probes.Snmp.Polling.Plans;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Polling;

/// <summary>
/// What was found out about a device: its plan, and what of it the device has. Found anew after a restart, another sysObjectID, or an hour. One poller
/// owns it.
/// </summary>
internal sealed class DeviceIdentity(PollPlan plan, Oid objectId, IReadOnlySet<int> presences, long foundAt)
{
    private readonly Dictionary<int, long> _emptyAt = [];
    private readonly Dictionary<EntryPlan, long> _polledAt = [];
    private (Oid Name, int Column)[]? _scalars;

    public PollPlan Plan => plan;

    public Oid ObjectId => objectId;

    /// <summary>Timestamp of the identification.</summary>
    public long FoundAt => foundAt;

    /// <summary>Scalars to ask: at first under every name they may have, then under the names that answered.</summary>
    public IReadOnlyList<(Oid Name, int Column)> Scalars =>
        _scalars ??= [.. plan.Scalars.SelectMany((scalar, column) => scalar.Candidates.Select(name => (name, column)))];

    /// <summary>Keeps only those scalars that answered.</summary>
    public void KeepScalars(Func<int, bool> answered) => _scalars = [.. Scalars.Where((_, i) => answered(i))];

    /// <summary>Whether the device has what the entry asks for and lacks what it excludes.</summary>
    public bool Uses(EntryPlan entry) => (entry.When.Count == 0 || entry.When.Any(presences.Contains)) && !entry.Unless.Any(presences.Contains);

    /// <summary>Timestamp of the entry's last poll; null before the first.</summary>
    public long? PolledAt(EntryPlan entry) => _polledAt.TryGetValue(entry, out var at) ? at : null;

    public void NotePolled(EntryPlan entry, long now) => _polledAt[entry] = now;

    /// <summary>When a group was found empty; null when it was not.</summary>
    public long? EmptyAt(int group) => _emptyAt.TryGetValue(group, out var at) ? at : null;

    public void NoteRows(int group, int rows, long now)
    {
        if (rows == 0)
        {
            _emptyAt[group] = now;
        }
        else
        {
            _emptyAt.Remove(group);
        }
    }
}

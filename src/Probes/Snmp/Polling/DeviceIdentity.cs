using NocMonitor.Probes.Snmp.Polling.Plans;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Polling;

/// <summary>
/// What was found out about a device: its plan, and what of it the device has. Found anew after a restart, another sysObjectID, or an hour. One poller
/// owns it.
/// </summary>
internal sealed class DeviceIdentity(PollPlan plan, Oid objectId, IReadOnlySet<int> presences, long foundAt)
{
    private const long Never = long.MinValue;

    private readonly long[] _emptyAt = Times(plan.Groups.Count);
    private readonly long[] _polledAt = Times(plan.Entries.Count);
    private (Oid Name, int Column)[]? _scalars;
    private ScalarQuestion? _question;

    public PollPlan Plan => plan;

    public Oid ObjectId => objectId;

    /// <summary>Timestamp of the identification.</summary>
    public long FoundAt => foundAt;

    /// <summary>Scalars to ask: at first under every name they may have, then under the names that answered.</summary>
    public IReadOnlyList<(Oid Name, int Column)> Scalars =>
        _scalars ?? plan.ScalarNames;

    /// <summary>What every device is asked and the scalars, each name once.</summary>
    public ScalarQuestion Question => _question ??= ScalarQuestion.Of(Scalars);

    /// <summary>Keeps only those scalars that answered.</summary>
    public void KeepScalars(Func<int, bool> answered)
    {
        _scalars = [.. Scalars.Where((_, i) => answered(i))];
        _question = null;
    }

    /// <summary>Whether the device has what the entry asks for and lacks what it excludes.</summary>
    public bool Uses(EntryPlan entry) => (entry.When.Count == 0 || entry.When.Any(presences.Contains)) && !entry.Unless.Any(presences.Contains);

    /// <summary>Timestamp of the last poll of an entry, by its place in the plan; null before the first.</summary>
    public long? PolledAt(int entry) => _polledAt[entry] == Never ? null : _polledAt[entry];

    public void NotePolled(int entry, long now) => _polledAt[entry] = now;

    /// <summary>When a group was found empty; null when it was not.</summary>
    public long? EmptyAt(int group) => _emptyAt[group] == Never ? null : _emptyAt[group];

    public void NoteRows(int group, int rows, long now) => _emptyAt[group] = rows == 0 ? now : Never;

    private static long[] Times(int count)
    {
        var times = new long[count];
        Array.Fill(times, Never);
        return times;
    }
}

using System.Globalization;

namespace NocMonitor.Testing.Snmp;

/// <summary>How a device changes: counters that run by the simulator's clock, restarts, renumbered interfaces, holes, slow rows.</summary>
public sealed partial class SimulatedDevice
{
    private const string UptimeName = "1.3.6.1.2.1.1.3.0";
    private const string InterfaceEntry = "1.3.6.1.2.1.2.2.1";
    private const string ExtendedInterfaceEntry = "1.3.6.1.2.1.31.1.1.1";

    private readonly TimeProvider _time;
    private readonly Lock _changing = new();
    private readonly List<RunningNumber> _running = [];

    /// <summary>Sets or adds instances, each a line of a recording: <c>OID|TAG|VALUE</c>.</summary>
    public void Set(params ReadOnlySpan<string> lines)
    {
        lock (_changing)
        {
            foreach (var line in lines)
            {
                _view = _view.With(SnmpRecording.Parse(line).Objects.Single());
            }
        }
    }

    /// <summary>Takes everything under a prefix away, and the instance of that name.</summary>
    public void Remove(string prefix) => Change(found => IsAt(found, prefix) ? null : found);

    /// <summary>Lets a counter (or another number) run: so much a second from now on, wrapping by its type's width, from 0 again after <see cref="Reboot"/>.</summary>
    /// <param name="from">Where it starts; as recorded when null.</param>
    public void Run(string name, double perSecond, ulong? from = null) => Change(found => OidBytes.Format(found.Name) == name ? Running(found, perSecond, from) : found);

    /// <summary>Lets all counters under a prefix run.</summary>
    public void RunCounters(string prefix, double perSecond) =>
        Change(found => found.Tag is 0x41 or Ber.Counter64 && IsAt(found, prefix) ? Running(found, perSecond, from: null) : found);

    /// <summary>Lets sysUpTime run, from this value on.</summary>
    public void RunUptime(TimeSpan from)
    {
        Set($"{UptimeName}|67|{(uint)(from.TotalMilliseconds / 10)}");
        Run(UptimeName, 100);
    }

    /// <summary>The device starts anew: everything that runs restarts at 0.</summary>
    public void Reboot()
    {
        lock (_changing)
        {
            foreach (var number in _running)
            {
                number.Restart(_time.GetTimestamp());
            }

        }
    }

    /// <summary>Gives interfaces other indexes in ifTable and ifXTable; those not named keep theirs.</summary>
    public void RenumberInterfaces(IReadOnlyDictionary<uint, uint> indexes)
    {
        Renumber(InterfaceEntry, indexes);
        Renumber(ExtendedInterfaceEntry, indexes);
        Change(found => IsAt(found, InterfaceEntry + ".1") ? new MibObject(found.Name, found.Tag, Ber.Signed(OidBytes.Arcs(found.Name)[^1])) : found);
    }

    /// <summary>Gives rows of a table another last arc of their index.</summary>
    /// <param name="entry">The name of the table's entry, such as 1.3.6.1.2.1.2.2.1.</param>
    public void Renumber(string entry, IReadOnlyDictionary<uint, uint> indexes) => Change(found =>
    {
        var name = OidBytes.Format(found.Name);
        var end = name.LastIndexOf('.');
        return IsAt(found, entry) && indexes.TryGetValue(uint.Parse(name[(end + 1)..], CultureInfo.InvariantCulture), out var index)
            ? new MibObject(OidBytes.Encode($"{name[..end]}.{index}"), found.Tag, found.Content) { Live = found.Live, Delay = found.Delay }
            : found;
    });

    /// <summary>What is under a prefix takes the device so long to read, each instance.</summary>
    public void Slow(string prefix, TimeSpan delay) =>
        Change(found => IsAt(found, prefix) ? new MibObject(found.Name, found.Tag, found.Content) { Live = found.Live, Delay = delay } : found);

    private static bool IsAt(MibObject found, string prefix) => found.Name.AsSpan().StartsWith(OidBytes.Encode(prefix));

    private void Change(Func<MibObject, MibObject?> change)
    {
        lock (_changing)
        {
            _view = _view.Select(change);
        }
    }

    private MibObject Running(MibObject found, double perSecond, ulong? from)
    {
        var start = from ?? (ulong)Ber.ReadInteger(found.Content.Length > 8 ? found.Content.AsSpan(1) : found.Content);
        var number = new RunningNumber(_time, start, perSecond, wide: found.Tag == Ber.Counter64);
        _running.Add(number);
        return new MibObject(found.Name, found.Tag, found.Content) { Live = number.Content, Delay = found.Delay };
    }
}

using System.Net;
using System.Text;
using NocMonitor.LineProtocol;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Traps;

/// <summary>
/// Makes the point of a notification. Its tags are bounded: beyond so many unknown notifications the rest share one name, for whoever can send a
/// datagram could otherwise make series without end. One thread at a time.
/// </summary>
internal sealed class TrapPointWriter(TrapNames names, TrapHosts hosts)
{
    public const string Measurement = "snmp_trap";

    /// <summary>The tag <c>trap</c> when there are too many unknown ones.</summary>
    public const string OtherTraps = "other";

    private const int MostUnknownTraps = 1000;
    private const int LongestText = 1024;
    private const int LongestVarbinds = 8192;
    private const int LongestPart = 200;

    private readonly Dictionary<Oid, string> _unknown = [];
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _raw = new();
    private readonly StringBuilder _part = new();

    public Point Write(UInt128 source, in Notification notification)
    {
        var known = names.FindTrap(notification.TrapOid);
        var address = SourceAddress.ToAddress(source);
        var point = new Point(Measurement)
            .Tag("host", hosts.NameOf(source, notification.Origin))
            .Tag("trap", known?.Name ?? NameOfUnknown(notification.TrapOid));
        _text.Clear().Append(known?.Name ?? Oid.ToText(notification.TrapOid));
        _raw.Clear();
        _part.Clear();
        AddVariables(point, notification, known?.Parts ?? []);
        point.Field("text", Bounded(_text, LongestText))
            .Field("severity", known?.Severity ?? KnownTraps.Warning)
            .Field("oid", Oid.ToText(notification.TrapOid))
            .Field("source", address.ToString())
            .Field("version", VersionOf(notification.Version))
            .Field("inform", notification.IsInform);
        if (_raw.Length > 0)
        {
            point.Field("varbinds", Bounded(_raw, LongestVarbinds));
        }

        if (_part.Length > 0)
        {
            point.Field("part", Bounded(_part, LongestPart));
        }

        if (known is { Clears.Count: > 0 })
        {
            point.Field("clears", string.Join(',', known.Clears));
        }

        return AddRest(point, notification);
    }

    private static Point AddRest(Point point, in Notification notification)
    {
        if (notification.Uptime is { } uptime)
        {
            point.Field("sys_uptime", (long)uptime);
        }

        if (!notification.Enterprise.IsEmpty)
        {
            point.Field("enterprise", Oid.ToText(notification.Enterprise));
        }

        if (!notification.Origin.IsEmpty)
        {
            point.Field("origin", new IPAddress(notification.Origin).ToString());
        }

        return notification.User.Length > 0 ? point.Field("user", notification.User) : point;
    }

    private void AddVariables(Point point, in Notification notification, IReadOnlyList<Oid> parts)
    {
        long? ifIndex = null;
        var varbinds = notification.VarbindList.IsEmpty ? default : new VarbindReader(notification.VarbindList);
        while (varbinds.MoveNext())
        {
            var varbind = varbinds.Current;
            if (IsFrame(varbind.Name))
            {
                continue;
            }

            var value = varbind.ToValue();
            var name = names.TryFindVariable(varbind.Name, out var variable, out var instance) ? variable.Name : "";
            ifIndex ??= IfIndexOf(varbind.Name, instance);
            var words = Describe(variable, value);
            AddRaw(varbind.Name, varbind.Name.SequenceEqual(TrapOids.SnmpTrapCommunity.Encoded) ? "***" : words);
            if (variable is not null && parts.Contains(variable.Oid))
            {
                // A text that is empty tells no part from another; the row's index does.
                _part.Append(_part.Length > 0 ? "/" : "").Append(words.Length > 0 ? words : Oid.ArcsToText(instance));
            }

            if (variable is not null && point.FindField(name) is null)
            {
                _text.Append(' ').Append(name).Append('=').Append(words);
                AddField(point, variable, value, words);
            }
        }

        if (ifIndex is { } index && point.FindField("ifIndex") is null)
        {
            point.Field("ifIndex", index);
        }
    }

    /// <summary>An enumeration is always its word or its number in digits, so that a field never changes its type.</summary>
    private static void AddField(Point point, VariableName variable, SnmpValue value, string words)
    {
        if (variable.Words is null && value.TryGetInt64(out var number))
        {
            point.Field(variable.Name, number);
        }
        else if (variable.Words is null && value.TryGetDouble(out var real))
        {
            point.Field(variable.Name, real);
        }
        else if (!value.IsException)
        {
            point.Field(variable.Name, words);
        }
    }

    private static string Describe(VariableName? variable, SnmpValue value) =>
        value.TryGetInt64(out var number) && variable?.Words?.GetValueOrDefault(number) is { } word ? word : value.ToString();

    private void AddRaw(ReadOnlySpan<byte> name, string value)
    {
        if (_raw.Length <= LongestVarbinds)
        {
            _raw.Append(_raw.Length > 0 ? "; " : "").Append(Oid.ToText(name)).Append('=').Append(value);
        }
    }

    /// <summary>The row of the interface tables that a variable belongs to, when it is one of theirs.</summary>
    private static long? IfIndexOf(ReadOnlySpan<byte> name, ReadOnlySpan<byte> instance)
    {
        if (instance.IsEmpty || !(name.StartsWith(KnownVariables.IfEntry.Encoded) || name.StartsWith(KnownVariables.IfXEntry.Encoded)))
        {
            return null;
        }

        var arcs = new OidArcs(instance);
        return arcs.MoveNext() && arcs.Rest.IsEmpty ? arcs.Current : null;
    }

    private static bool IsFrame(ReadOnlySpan<byte> name) =>
        name.SequenceEqual(TrapOids.SysUpTime.Encoded) || name.SequenceEqual(TrapOids.SnmpTrapOid.Encoded) || name.SequenceEqual(TrapOids.SnmpTrapEnterprise.Encoded);

    private string NameOfUnknown(ReadOnlySpan<byte> oid)
    {
        var key = Oid.FromEncoded(oid);
        if (_unknown.TryGetValue(key, out var name))
        {
            return name;
        }

        if (_unknown.Count >= MostUnknownTraps)
        {
            return OtherTraps;
        }

        name = key.ToString();
        _unknown.Add(key, name);
        return name;
    }

    private static string VersionOf(SnmpVersion version) => version switch
    {
        SnmpVersion.V1 => "1",
        SnmpVersion.V2c => "2c",
        _ => "3",
    };

    private static string Bounded(StringBuilder text, int longest) =>
        text.Length <= longest ? text.ToString() : text.ToString(0, longest - 3) + "...";
}

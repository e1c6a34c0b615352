using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Traps;

/// <summary>Reads notifications out of opened messages. One thread at a time: the name of a version 1 trap is put together in a buffer that is reused.</summary>
internal sealed class NotificationReader
{
    private const int EnterpriseSpecific = 6;

    private readonly byte[] _name = new byte[Oid.LongestEncoded + 12];

    /// <summary>Reads a trap of version 1 and gives it the name it would have in version 2 (RFC 3584 section 3.1).</summary>
    public bool TryReadV1(ReadOnlySpan<byte> element, out Notification notification)
    {
        notification = default;
        if (!TrapV1.TryRead(element, out var trap) || trap.Generic is < 0 or > EnterpriseSpecific)
        {
            return false;
        }

        notification = new Notification
        {
            Version = SnmpVersion.V1,
            TrapOid = NameOf(trap),
            Uptime = trap.Uptime,
            VarbindList = trap.VarbindList,
            Enterprise = trap.Enterprise,
            Origin = Known(trap.AgentAddress),
            User = "",
            Pdu = element,
        };
        return AreVarbindsGood(trap.Varbinds);
    }

    /// <summary>Reads a trap or an inform of version 2 or 3, whose second varbind names it (RFC 3416 section 4.2.6). Tolerates a missing sysUpTime.</summary>
    public static bool TryReadV2(SnmpVersion version, in Pdu pdu, ReadOnlySpan<byte> element, string user, out Notification notification)
    {
        notification = default;
        uint? uptime = null;
        ReadOnlySpan<byte> name = [];
        ReadOnlySpan<byte> enterprise = [];
        ReadOnlySpan<byte> origin = [];
        var varbinds = pdu.Varbinds;
        while (varbinds.MoveNext())
        {
            var varbind = varbinds.Current;
            if (uptime is null && varbind.Name.SequenceEqual(TrapOids.SysUpTime.Encoded) && varbind.TryGetUInt64(out var ticks))
            {
                uptime = unchecked((uint)ticks);
            }
            else if (name.IsEmpty && IsOid(varbind, TrapOids.SnmpTrapOid))
            {
                name = varbind.Content;
            }
            else if (IsOid(varbind, TrapOids.SnmpTrapEnterprise))
            {
                enterprise = varbind.Content;
            }
            else if (varbind.Type == SnmpType.IpAddress && varbind.Name.SequenceEqual(TrapOids.SnmpTrapAddress.Encoded))
            {
                origin = Known(varbind.Content);
            }
        }

        notification = new Notification
        {
            Version = version,
            IsInform = pdu.Type == PduType.Inform,
            TrapOid = name,
            Uptime = uptime,
            VarbindList = pdu.VarbindList,
            Enterprise = enterprise,
            Origin = origin,
            User = user,
            Pdu = element,
        };
        return !varbinds.IsBroken && !name.IsEmpty;
    }

    private static bool IsOid(in VarbindView varbind, Oid name) =>
        varbind.Type == SnmpType.ObjectIdentifier && varbind.Name.SequenceEqual(name.Encoded) && Oid.IsWellFormed(varbind.Content);

    private static ReadOnlySpan<byte> Known(ReadOnlySpan<byte> address) => address.Length == 4 && address.ContainsAnyExcept((byte)0) ? address : [];

    private static bool AreVarbindsGood(VarbindReader varbinds)
    {
        while (varbinds.MoveNext())
        {
        }

        return !varbinds.IsBroken;
    }

    private ReadOnlySpan<byte> NameOf(scoped in TrapV1 trap)
    {
        if (trap.Generic != EnterpriseSpecific)
        {
            TrapOids.SnmpTraps.Encoded.CopyTo(_name);
            _name[TrapOids.SnmpTraps.Encoded.Length] = (byte)(trap.Generic + 1);
            return _name.AsSpan(0, TrapOids.SnmpTraps.Encoded.Length + 1);
        }

        var specific = default(Oid).Append(0, unchecked((uint)trap.Specific)).Encoded;
        trap.Enterprise.CopyTo(_name);
        specific.CopyTo(_name.AsSpan(trap.Enterprise.Length));
        return _name.AsSpan(0, trap.Enterprise.Length + specific.Length);
    }
}

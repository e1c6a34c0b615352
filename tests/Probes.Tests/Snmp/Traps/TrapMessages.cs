using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Probes.Snmp.Protocol.Usm;
using NocMonitor.Probes.Snmp.Traps;

namespace NocMonitor.Probes.Tests.Snmp.Traps;

/// <summary>Writes notifications as devices send them.</summary>
internal static class TrapMessages
{
    public static readonly Oid LinkDown = Oid.Parse("1.3.6.1.6.3.1.1.5.3");
    public static readonly Oid ColdStart = Oid.Parse("1.3.6.1.6.3.1.1.5.1");

    public static byte[] Varbinds(Oid trap, params ReadOnlySpan<(Oid Name, SnmpValue Value)> varbinds)
    {
        var writer = new VarbindWriter(new byte[60_000]);
        writer.TryAdd(TrapOids.SysUpTime, SnmpValue.TimeTicks(99));
        writer.TryAdd(TrapOids.SnmpTrapOid, SnmpValue.ObjectIdentifier(trap));
        foreach (var (name, value) in varbinds)
        {
            Assert.That(writer.TryAdd(name, value), Is.True);
        }

        return writer.Written.ToArray();
    }

    public static byte[] V2c(PduType type, int requestId, Oid trap, params ReadOnlySpan<(Oid Name, SnmpValue Value)> varbinds) =>
        Community(new Pdu(type, requestId, Varbinds(trap, varbinds)));

    public static byte[] Community(Pdu pdu, string community = "public")
    {
        using var codec = new CommunityCodec(SnmpVersion.V2c, community);
        var buffer = new byte[SnmpMessage.LargestSize];
        return buffer[^codec.WriteRequest(buffer, pdu)..];
    }

    public static byte[] V1(string enterprise, int generic, int specific, byte[] agentAddress)
    {
        var writer = new BerWriter(new byte[500]);
        writer.Element(Ber.Sequence, []);
        writer.Element((byte)SnmpType.TimeTicks, [1]);
        writer.Integer(specific);
        writer.Integer(generic);
        writer.Element((byte)SnmpType.IpAddress, agentAddress);
        writer.Element(Ber.ObjectIdentifier, Oid.Parse(enterprise).Encoded);
        writer.Header((byte)PduType.TrapV1, 500);
        writer.Element(Ber.OctetString, "public"u8);
        writer.Integer(0);
        writer.Header(Ber.Sequence, 500);
        return writer.Written.ToArray();
    }

    public static byte[] V3(SnmpCredentials user, Pdu pdu, byte[] engineId, int boots, int time, bool isReportable = false)
    {
        using var session = new UsmSession(user, engineId, new UsmKeyCache());
        var buffer = new byte[SnmpMessage.LargestSize];
        var length = new UsmMessageWriter
        {
            MessageId = pdu.RequestId,
            Level = user.Level,
            IsReportable = isReportable,
            EngineId = engineId,
            Boots = boots,
            Time = time,
            UserName = session.UserName,
            ContextEngineId = engineId,
            Session = session,
        }.Write(buffer, pdu);
        return buffer[^length..];
    }
}

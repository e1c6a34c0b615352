using System.Text;

namespace NocMonitor.Probes.Snmp.Protocol;

/// <summary>Versions 1 and 2c (RFC 1157, RFC 1901): a community in clear text and nothing to keep.</summary>
internal sealed class CommunityCodec(SnmpVersion version, string community) : SnmpCodec
{
    private readonly byte[] _community = Encoding.UTF8.GetBytes(community);

    public override SnmpVersion Version => version;

    public override int WriteRequest(Span<byte> buffer, in Pdu request)
    {
        var writer = new BerWriter(buffer);
        var end = writer.Start;
        request.Write(ref writer);
        writer.Element(Ber.OctetString, _community);
        writer.Integer((int)version);
        writer.Header(Ber.Sequence, end);
        return writer.IsFull ? 0 : writer.Written.Length;
    }

    /// <summary>The community of an answer is not compared: it proves nothing, and proxies change it.</summary>
    public override SnmpOpening Open(Span<byte> datagram, out Pdu answer)
    {
        answer = default;
        if (!SnmpMessage.TryOpen(datagram, out var received, out var content))
        {
            return SnmpOpening.Malformed;
        }

        if (received != version)
        {
            return SnmpOpening.WrongVersion;
        }

        return !SnmpMessage.TryReadCommunity(content, out _, out var pdu) || !Pdu.TryRead(pdu, out answer) ? SnmpOpening.Malformed
            : answer.Type != PduType.Response ? SnmpOpening.NotAnAnswer
            : SnmpOpening.Answer;
    }
}

using System.Net;
using System.Net.Sockets;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Tests.Snmp.Protocol;

/// <summary>Asks a device over a socket of its own with nothing but a codec: one request at a time, sent again when the codec says so.</summary>
internal sealed class CodecClient(SnmpCodec codec, IPEndPoint address) : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private int _lastId = 1000;

    public SnmpCodec Codec => codec;

    /// <summary>Datagrams sent so far.</summary>
    public int Sent { get; private set; }

    public async Task<(SnmpOpening Opening, IReadOnlyList<(Oid Name, SnmpValue Value)> Varbinds)> AskAsync(
        PduType type, IReadOnlyList<Oid> names, CancellationToken token)
    {
        var id = ++_lastId;
        for (var resyncs = 0; ; resyncs++)
        {
            var sent = Write(type, id, names);
            await _socket.SendToAsync(sent, address, token);
            Sent++;
            var buffer = new byte[SnmpMessage.LargestSize];
            var received = await _socket.ReceiveFromAsync(buffer, address, token);
            var (opening, varbinds) = Open(buffer.AsSpan(0, received.ReceivedBytes), id);
            if (opening != SnmpOpening.Resend || resyncs == SnmpCodec.MostResyncs)
            {
                return (opening, varbinds);
            }
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        codec.Dispose();
    }

    private byte[] Write(PduType type, int id, IReadOnlyList<Oid> names)
    {
        var varbinds = new VarbindWriter(new byte[1000]);
        foreach (var name in names)
        {
            varbinds.TryAdd(name.Encoded);
        }

        var pdu = type == PduType.GetBulk
            ? new Pdu(type, id, varbinds.Written) { MaxRepetitions = 10 }
            : new Pdu(type, id, varbinds.Written);
        var buffer = new byte[2000];
        return buffer[^codec.WriteRequest(buffer, pdu)..];
    }

    private (SnmpOpening Opening, IReadOnlyList<(Oid Name, SnmpValue Value)> Varbinds) Open(Span<byte> datagram, int id)
    {
        Assert.That(SnmpMessage.TryPeekId(datagram, out var peeked) ? peeked : -1, Is.EqualTo(id));
        var opening = codec.Open(datagram, out var answer);
        var varbinds = new List<(Oid, SnmpValue)>();
        if (opening == SnmpOpening.Answer)
        {
            foreach (var varbind in answer.Varbinds)
            {
                varbinds.Add((Oid.FromEncoded(varbind.Name), varbind.ToValue()));
            }
        }

        return (opening, varbinds);
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Probes.Snmp.Protocol.Usm;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Snmp.Protocol;

/// <summary>Packets of Debian's net-snmp, caught on their way: read, and written again they are the same bytes.</summary>
[CancelAfter(60_000)]
public class CapturedPacketTests
{
    [TestCase("snmpget", "-v1 -c public TARGET 1.3.6.1.2.1.1.3.0", SnmpVersion.V1, PduType.Get, 1)]
    [TestCase("snmpget", "-v2c -c public TARGET 1.3.6.1.2.1.1.3.0 1.3.6.1.4.1.4294967295.16384.128.0", SnmpVersion.V2c, PduType.Get, 2)]
    [TestCase("snmpgetnext", "-v2c -c public TARGET 1.3.6.1.2.1.1", SnmpVersion.V2c, PduType.GetNext, 1)]
    [TestCase("snmpbulkget", "-v2c -c public -Cn1 -Cr25 TARGET 1.3.6.1.2.1.1.3 1.3.6.1.2.1.2.2.1.10", SnmpVersion.V2c, PduType.GetBulk, 2)]
    [TestCase("snmptrap", "-v2c -c public TARGET 4294967295 1.3.6.1.6.3.1.1.5.3 1.3.6.1.2.1.2.2.1.1.7 i -7 1.3.6.1.2.1.1.5.0 s core 1.3.6.1.2.1.4.20.1.1.1 a 10.0.0.1 1.3.6.1.4.1.9.1 C 18446744073709551615",
        SnmpVersion.V2c, PduType.TrapV2, 6)]
    [TestCase("snmpinform", "-v2c -c public TARGET 1 1.3.6.1.6.3.1.1.5.4 1.3.6.1.4.1.9.2 u 4294967295 1.3.6.1.4.1.9.3 F 1.5 1.3.6.1.4.1.9.4 D -2.25 1.3.6.1.4.1.9.5 x 00ff7f80", SnmpVersion.V2c, PduType.Inform, 6)]
    public async Task A_message_is_read_and_written_again_to_the_same_bytes(
        string program, string arguments, SnmpVersion version, PduType type, int varbinds, CancellationToken token)
    {
        var packet = await CaptureAsync(program, arguments, token);

        var (written, count) = Rewrite(packet, version, type);

        Assert.That(count, Is.EqualTo(varbinds));
        Assert.That(Convert.ToHexString(written), Is.EqualTo(Convert.ToHexString(packet)));
    }

    [Test]
    public async Task A_version_1_trap_is_read(CancellationToken token)
    {
        var packet = await CaptureAsync("snmptrap", "-v1 -c public TARGET 1.3.6.1.4.1.9 10.1.2.3 6 70000 4711 1.3.6.1.2.1.2.2.1.1.7 i 7", token);

        var read = SnmpMessage.TryOpen(packet, out var version, out var content)
            & SnmpMessage.TryReadCommunity(content, out _, out var element) & TrapV1.TryRead(element, out var trap);

        Assert.That(read && version == SnmpVersion.V1, Is.True);
        Assert.That((Oid.ToText(trap.Enterprise), new IPAddress(trap.AgentAddress).ToString(), trap.Generic, trap.Specific, trap.Uptime),
            Is.EqualTo(("1.3.6.1.4.1.9", "10.1.2.3", 6, 70000, 4711u)));
    }

    [Test]
    public async Task The_first_packet_of_version_3_asks_for_the_engine_id(CancellationToken token)
    {
        var packet = await CaptureAsync("snmpget", "-v3 -u noc -l authPriv -a SHA-256 -A maplesyrup -x AES -X maplesyrup TARGET 1.3.6.1.2.1.1.3.0", token);

        var read = UsmMessage.TryRead(packet, out var message) & UsmMessage.TryReadScoped(message.Data, out _, out _, out var element) & Pdu.TryRead(element, out var pdu);

        Assert.That(read, Is.True);
        Assert.That((message.EngineId.Length, message.IsReportable, message.Level, pdu.Type), Is.EqualTo((0, true, SecurityLevel.NoAuthNoPriv, PduType.Get)));
    }

    [TestCase("snmptrap", "-v3 -e 0x80001f880401020304 -u noc -l authPriv -a SHA-512 -A maplesyrup -x AES-256 -X maplesyrup TARGET 1 1.3.6.1.6.3.1.1.5.3")]
    [TestCase("snmptrap", "-v2c -c public TARGET 1 1.3.6.1.6.3.1.1.5.3 1.3.6.1.2.1.2.2.1.1.7 i 7")]
    public async Task Prefixes_and_flipped_bits_of_a_packet_never_get_out_of_it(string program, string arguments, CancellationToken token)
    {
        var packet = await CaptureAsync(program, arguments, token);
        using var codec = new SnmpSecurity(TimeProvider.System).Open(Some.User(AuthProtocol.None, PrivProtocol.None), "device");

        for (var length = 0; length < packet.Length; length++)
        {
            Assert.That(UsmMessage.TryRead(packet.AsSpan(0, length), out _), Is.False);
            Assert.That(codec.Open(packet.AsSpan(0, length), out _), Is.EqualTo(SnmpOpening.Malformed));
        }

        for (var bit = 0; bit < packet.Length * 8; bit++)
        {
            byte[] flipped = [.. packet];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.That(codec.Open(flipped, out _), Is.Not.EqualTo(SnmpOpening.Answer));
        }
    }

    private static (byte[] Written, int Varbinds) Rewrite(byte[] packet, SnmpVersion version, PduType type)
    {
        Assert.That(SnmpMessage.TryOpen(packet, out var read, out var content) && SnmpMessage.TryReadCommunity(content, out _, out var element)
            && Pdu.TryRead(element, out var pdu) && pdu.Type == type && read == version, Is.True);
        SnmpMessage.TryReadCommunity(content, out _, out element);
        Pdu.TryRead(element, out pdu);
        var varbinds = new VarbindWriter(new byte[1000]);
        var reader = pdu.Varbinds;
        var count = 0;
        while (reader.MoveNext())
        {
            count++;
            Assert.That(varbinds.TryAdd(reader.Current.Name, reader.Current.ToValue()), Is.True);
        }

        using var codec = new CommunityCodec(version, "public");
        var buffer = new byte[1500];
        var length = codec.WriteRequest(buffer, new Pdu(type, pdu.RequestId, varbinds.Written) { ErrorStatus = pdu.ErrorStatus, ErrorIndex = pdu.ErrorIndex });
        return (buffer[^length..], count);
    }

    /// <summary>The first packet that a program sends; the program is ended then.</summary>
    private static async Task<byte[]> CaptureAsync(string program, string arguments, CancellationToken token)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var folder = new TemporaryFolder();
        var target = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}");
        var start = new ProcessStartInfo(Prerequisite.Program(program, "snmp"), arguments.Replace("TARGET", target).Split(' '))
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["MIBS"] = "";
        start.Environment["SNMP_PERSISTENT_DIR"] = folder.Path;
        start.Environment["SNMPCONFPATH"] = folder.Path;
        using var process = Process.Start(start)!;
        var packet = new byte[SnmpMessage.LargestSize];
        var length = await socket.ReceiveAsync(packet, token);
        process.Kill();
        await process.WaitForExitAsync(token);
        return packet[..length];
    }
}

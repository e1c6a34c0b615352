using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Bench.Snmp;

/// <summary>Sends linkDown traps of version 2c at a steady rate, in a process of its own so that its cost is not counted.</summary>
internal static class TrapSender
{
    public const string Argument = "--trap-sender";

    private const int Ports = 48;

    public static Process Start(int port, int count, int rate) => Process.Start(new ProcessStartInfo(
        Environment.ProcessPath!, [Argument, Text(port), Text(count), Text(rate)])) ?? throw new InvalidOperationException("the sender did not start");

    /// <summary>What the other process does: a millisecond's traps each millisecond.</summary>
    public static async Task<int> SendAsync(int port, int count, int rate)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
        var buffer = new byte[1000];
        // Runs of different rates must not repeat each other: a repetition is dropped.
        var uptime = (uint)rate * 50_000;
        var started = Stopwatch.GetTimestamp();
        for (var sent = 0; sent < count;)
        {
            var due = Math.Min(count, (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * rate));
            for (; sent < due; sent++)
            {
                socket.Send(buffer.AsSpan(buffer.Length - Write(buffer, sent, uptime)));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        return 0;
    }

    private static int Write(byte[] buffer, int number, uint uptime)
    {
        var port = (uint)(number % Ports) + 1;
        var varbinds = new VarbindWriter(new byte[500]);
        varbinds.TryAdd(Oid.Parse("1.3.6.1.2.1.1.3.0"), SnmpValue.TimeTicks(uptime + (uint)number));
        varbinds.TryAdd(Oid.Parse("1.3.6.1.6.3.1.1.4.1.0"), SnmpValue.ObjectIdentifier(Oid.Parse("1.3.6.1.6.3.1.1.5.3")));
        varbinds.TryAdd(Oid.Parse("1.3.6.1.2.1.2.2.1.1").Append(port), SnmpValue.Integer(port));
        varbinds.TryAdd(Oid.Parse("1.3.6.1.2.1.2.2.1.7").Append(port), SnmpValue.Integer(1));
        varbinds.TryAdd(Oid.Parse("1.3.6.1.2.1.2.2.1.8").Append(port), SnmpValue.Integer(2));
        varbinds.TryAdd(Oid.Parse("1.3.6.1.2.1.31.1.1.1.1").Append(port), SnmpValue.Text($"GigabitEthernet1/0/{port}"));
        using var codec = new CommunityCodec(SnmpVersion.V2c, "public");
        return codec.WriteRequest(buffer, new Pdu(PduType.TrapV2, number, varbinds.Written));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

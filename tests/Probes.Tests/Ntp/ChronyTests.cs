using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Ntp;

/// <summary>The probe against Debian's chronyd, which serves this machine's own clock and is kept from touching it.</summary>
public class ChronyTests
{
    [Test, CancelAfter(60_000)]
    public async Task A_local_clock_of_stratum_5_is_read(CancellationToken token)
    {
        var program = Prerequisite.Program("chronyd", "chrony");
        using var folder = new TemporaryFolder();
        var port = FreePort();
        var file = folder.Write("chrony.conf",
            $"port {port}\nbindaddress 127.0.0.1\nallow 127.0.0.1\nlocal stratum 5\ncmdport 0\npidfile {folder.File("pid")}\n");
        using var chronyd = Process.Start(new ProcessStartInfo(program, ["-x", "-d", "-U", "-u", Environment.UserName, "-f", file])
        {
            RedirectStandardError = true,
        })!;
        var log = chronyd.StandardError.ReadToEndAsync(token);
        var points = new RecordedPoints();
        await using var context = ConfiguredProbe.Context();
        var probe = ConfiguredProbe.Create("ntp",
            $$"""{ "Targets": "127.0.0.1:{{port}}", "Samples": 3, "SampleInterval": "10ms", "Timeout": "5s", "Confirmations": 10, "ConfirmInterval": "200ms" }""", context);

        await probe.ProbeAsync(points, token);
        chronyd.Kill();

        var point = points.All[^1];
        Assert.That(point.FindField("error")?.Text, Is.Null, await log);
        Assert.That((point.FindField("stratum")!.Value.Integer, point.FindField("leap")!.Value.Integer, point.FindField("reference")!.Value.Text),
            Is.EqualTo((5L, 0L, "127.127.1.1")));
        Assert.That(Math.Abs(point.FindField("offset")!.Value.Float), Is.LessThan(0.5));
        Assert.That(point.FindField("delay")!.Value.Float, Is.GreaterThan(0).And.LessThan(0.5));
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}

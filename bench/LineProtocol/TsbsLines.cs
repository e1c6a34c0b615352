using System.Buffers;
using System.Globalization;
using NocMonitor.LineProtocol;

namespace NocMonitor.Bench.LineProtocol;

/// <summary>
/// Line protocol in the shape of the TSBS devops benchmark (github.com/timescale/tsbs): ten host tags, ten percentages with two decimals, about 365
/// bytes a line. The same seed gives the same text.
/// </summary>
internal static class TsbsLines
{
    private static readonly string[] Fields =
    [
        "usage_user", "usage_system", "usage_idle", "usage_nice", "usage_iowait",
        "usage_irq", "usage_softirq", "usage_steal", "usage_guest", "usage_guest_nice",
    ];

    public static byte[] Cpu(int hosts, int seed = 1)
    {
        var random = new Random(seed);
        var output = new ArrayBufferWriter<byte>();
        for (var host = 0; host < hosts; host++)
        {
            LineWriter.Write(output, Point(host, random));
        }

        return output.WrittenSpan.ToArray();
    }

    private static Point Point(int host, Random random)
    {
        var point = new Point("cpu") { Timestamp = 1_451_606_400_000_000_000 }
            .Tag("hostname", string.Create(CultureInfo.InvariantCulture, $"host_{host}"))
            .Tag("region", "eu-central-1").Tag("datacenter", "eu-central-1a")
            .Tag("rack", string.Create(CultureInfo.InvariantCulture, $"{random.Next(100)}"))
            .Tag("os", "Ubuntu15.10").Tag("arch", "x86").Tag("team", "SF").Tag("service", "19").Tag("service_version", "1")
            .Tag("service_environment", "test");
        foreach (var field in Fields)
        {
            point.Field(field, random.Next(10_000) / 100.0);
        }

        return point;
    }
}

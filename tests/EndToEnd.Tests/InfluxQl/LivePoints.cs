using System.Globalization;
using System.Text;

namespace NocMonitor.EndToEnd.Tests.InfluxQl;

/// <summary>Points of four hosts, with gaps, absent fields and an absent tag, never two at one time: what comes first at one time InfluxDB leaves to chance.</summary>
internal static class LivePoints
{
    private const long Start = 1_500_000_000_000_000_000;

    public static string Lines()
    {
        var lines = new StringBuilder();
        for (var host = 0; host < 4; host++)
        {
            for (var i = 0; i < 120; i++)
            {
                if (i is < 40 or >= 55)
                {
                    AddHost(lines, host, i, Start + (i * 10_000_000_000L) + (host * 1_000_000L));
                }
            }
        }

        for (var i = 0; i < 50; i++)
        {
            var count = i > 25 ? i * i * 13 % 5_000 : i * 100;
            lines.Append(CultureInfo.InvariantCulture, $"ctr,if=eth0 in={count}i,out={i * 250.5} {Start + (i * 60_000_000_000L)}\n");
        }

        return lines.ToString();
    }

    private static void AddHost(StringBuilder lines, int host, int i, long time)
    {
        var region = host == 3 ? "" : host < 2 ? ",region=eu" : ",region=us";
        var usage = Math.Round(50 + (40 * Math.Sin((i / 9.0) + host)) + (i * 37 % 11 / 10.0), 3);
        var state = i % 3 == 0 ? "" : $",state=\"{new[] { "ok", "warn", "crit" }[((i / 7) + host) % 3]}\"";
        var up = i % 5 == 1 ? "" : ((i / 11) + host) % 2 == 1 ? ",up=true" : ",up=false";
        lines.Append(CultureInfo.InvariantCulture, $"cpu,host=h{host}{region} usage={usage},n={(i * 3) + (host * 7)}i{state}{up} {time}\n");
        if (i % 2 == 0)
        {
            lines.Append(CultureInfo.InvariantCulture, $"mem,host=h{host} used={(i * 1000) + host}i,usage={i / 7.0} {time + 3}\n");
        }
    }
}

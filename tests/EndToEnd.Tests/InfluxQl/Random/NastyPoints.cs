using System.Globalization;
using System.Text;

namespace NocMonitor.EndToEnd.Tests.InfluxQl.Random;

/// <summary>
/// Points as no estate has them: names that need quotes, tags that are lacking, fields of the same name and another type, gaps, borders of windows, huge and negative
/// integers, times before 1970. In <c>a</c> and <c>b</c> no two points share a time, in <c>tie</c> all series share theirs.
/// </summary>
internal static class NastyPoints
{
    public const long Start = 1_500_000_000;

    /// <summary>How long after the start the points end, in seconds.</summary>
    public const int Length = 7_200;

    private static readonly string[] Hosts = ["h1", "h2", @"h\ 3", @"a\,b\=c", "ünï", "q\"t'"];

    public static string Lines()
    {
        var lines = new StringBuilder();
        var dice = new Dice(7);
        for (var host = 0; host < Hosts.Length; host++)
        {
            AddSeries(lines, dice, host);
        }

        AddTies(lines, dice);
        lines.Append("old,host=h1 f=1.5,i=-3i -1000000000000000000\nold,host=h2 f=2.5 -1\nold,host=h1 f=3.5,s=\"zero\" 0\nold,host=h1 f=4.5 1\n");
        lines.Append("we\\ ird\\,m,a\\ tag=v\\ 1,host=h1 a\\ field=1i,f=2 1500000000000000000\nwe\\ ird\\,m,a\\ tag=v2,host=h2 a\\ field=2i,f=-2 1500000060000000000\n");
        return lines.ToString();
    }

    private static void AddSeries(StringBuilder lines, Dice dice, int host)
    {
        var region = (host % 3) switch { 0 => ",region=eu", 1 => ",region=us", _ => "" };
        for (var second = 0; second < Length; second += dice.Pick(10, 30, 60, 60, 200, 900))
        {
            // The border of a window and both its neighbours, each series at nanoseconds of its own.
            var time = ((Start + (second / 60 * 60)) * 1_000_000_000) + dice.Pick(0, -1_000_000_000, 30_000_000_000, 59_000_000_000) + host + (second % 60 * 1_000_000L);
            lines.Append(CultureInfo.InvariantCulture, $"a,host={Hosts[host]}{region} {Fields(dice, host)} {time}\n");
            if (dice.Once(2))
            {
                lines.Append(CultureInfo.InvariantCulture, $"b,host={Hosts[host]},dev=d{host % 2} f={dice.Between(-5_000_000, 5_000_000)}i,i={Decimal(dice)},s=\"{dice.Pick("x", "y z")}\",n={(dice.Once(2) ? "true" : "false")} {time + 10}\n");
            }
        }
    }

    private static string Fields(Dice dice, int host)
    {
        var fields = new List<string> { $"f={Decimal(dice)}" };
        if (host != 4 || dice.Once(3))
        {
            fields.Add($"i={dice.Between(-100, 1000)}i");
        }

        if (dice.Once(2))
        {
            fields.Add($"s=\"{dice.Pick("ok", "warn", "", "say \\\"hi\\\"", "back\\\\slash", "ünï ☃", "a,b=c", "it's")}\"");
        }

        if (dice.Once(2))
        {
            fields.Add(dice.Once(2) ? "b=true" : "b=false");
        }

        if (dice.Once(3))
        {
            fields.Add($"h={dice.Pick("9223372036854775807", "-9223372036854775808", "9007199254740993", "-4611686018427387904", "0")}i");
        }

        if (host == 1)
        {
            fields.Add($"only={Decimal(dice)}");
        }

        return string.Join(',', fields.Skip(fields.Count > 1 && dice.Once(5) ? 1 : 0));
    }

    private static void AddTies(StringBuilder lines, Dice dice)
    {
        for (var i = 0; i < 40; i++)
        {
            for (var host = 0; host < 3; host++)
            {
                lines.Append(CultureInfo.InvariantCulture, $"tie,host=h{host},role={(host == 2 ? "y" : "x")} f={dice.Between(1, 9)},i={dice.Between(-9, 9)}i,b={(dice.Once(2) ? "true" : "false")},s=\"{dice.Pick("p", "q", "r")}\" {(Start + (i * 120L)) * 1_000_000_000}\n");
            }
        }
    }

    private static string Decimal(Dice dice) => ((dice.Between(-1_000_000, 1_000_000) * 0.001) + (dice.Between(0, 1_000_000) * 1e-9)).ToString("R", CultureInfo.InvariantCulture);
}

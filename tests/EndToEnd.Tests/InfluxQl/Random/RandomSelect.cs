namespace NocMonitor.EndToEnd.Tests.InfluxQl.Random;

/// <summary>A SELECT by chance. Rows that share a time are asked for only where their order is certain.</summary>
internal sealed class RandomSelect(Dice dice, RandomParameters parameters)
{
    private static readonly string[] Widths = ["1m", "5m", "7m", "10m", "30m", "90s", "1h", "1d", "17s"];
    private readonly RandomCondition _condition = new(dice, parameters);
    private readonly RandomFields _fields = new(dice);

    public string Text()
    {
        if (dice.Once(25))
        {
            return Old();
        }

        return dice.Once(4) ? Nested() : Plain(Source());
    }

    private string Plain(string source)
    {
        // Series that share their times: only what windows make of them is certain.
        var tied = source is "tie";
        var raw = !tied && dice.Once(3);
        var windows = tied || (!raw && dice.Once(2));
        var fields = raw ? _fields.Raw() : _fields.Aggregated(windows, tied);
        var (grouping, dimensions) = Grouping(windows, Widths);
        return $"SELECT {fields} FROM {source}{_condition.Where(bounded: windows)}{grouping}{(windows ? Fill(fields) : "")}{Limits(fields, dimensions)}{Zone(windows)}";
    }

    /// <summary>Each of the outer windows holds whole inner ones, and what is selected and grouped by there is in the inner query: the rest InfluxDB settles in odd ways.</summary>
    private string Nested()
    {
        var (inner, innerWindows) = Inner();
        var raw = !inner.Contains(" AS f", StringComparison.Ordinal) && !inner.Contains(')', StringComparison.Ordinal) && dice.Once(3);
        var windows = !raw && dice.Once(2);
        var fields = raw ? _fields.Raw() : _fields.Aggregated(windows, tied: false);
        fields = fields.Replace("(f, host, 2)", "(f, 2)", StringComparison.Ordinal).Replace("host::tag", "f", StringComparison.Ordinal).Replace("::float", "", StringComparison.Ordinal).Replace("host", "f", StringComparison.Ordinal).Replace("region", "i", StringComparison.Ordinal);
        var (grouping, dimensions) = Grouping(windows, innerWindows ? ["5m", "10m", "1h"] : Widths);
        var where = _condition.Where(bounded: windows).Replace("::tag", "", StringComparison.Ordinal).Replace("b = false", "b = true", StringComparison.Ordinal)
            .Replace("b != true", "b != false", StringComparison.Ordinal).Replace("f + i", "f", StringComparison.Ordinal);
        return $"SELECT {fields} FROM ({inner}){where}{grouping}{(windows ? Fill(fields) : "")}{Limits(fields, dimensions)}";
    }

    /// <summary>Points around 1970. Their fields are named: InfluxDB knows only fields of the days that are asked for.</summary>
    private string Old() => $"SELECT {dice.Pick("f", "f, host", "count(f)", "max(f)", "sum(f), mean(f)", "first(f)", "last(f)", "difference(f)", "f * 2")} FROM old"
        + dice.Maybe(2, () => $" WHERE time {dice.Pick(">= -1000000000s", "< 0", "<= 0", "> 0", ">= '1938-04-24'", "< '1970-01-01T00:00:00Z'", ">= 1ns", "= 0")}")
        + dice.Maybe(3, () => " GROUP BY host") + dice.Maybe(3, () => " ORDER BY time DESC");

    private string Source() => dice.Between(0, 9) switch
    {
        <= 4 => "a",
        5 => "b",
        6 => "tie",
        7 => dice.Pick("a, b", "b, a", "/^[ab]$/", "a, nothing", "autogen.a", "cmp..a", "\"cmp\".\"autogen\".\"a\""),
        8 => dice.Pick("\"we ird,m\"", "/ird/"),
        _ => "a",
    };

    private (string Text, bool Windows) Inner()
    {
        var kind = dice.Between(0, 3);
        var windows = kind == 0;
        var inner = kind switch
        {
            0 or 1 when _fields.Aliased(windows) is var fields =>
                $"SELECT {fields} FROM a{_condition.Where(bounded: windows)}{(windows ? $" GROUP BY time(1m){dice.Pick("", ", host")}{dice.Pick("", " fill(none)")}" : dice.Pick("", " GROUP BY host"))}",
            2 => $"SELECT {dice.Pick("f AS x", "f AS x, i AS y", "i*2 AS x, f", "f, i, s, b", "*")} FROM a{_condition.Where(bounded: false)}",
            _ => $"SELECT {dice.Pick("f", "f, i", "f, i, host")} FROM a{_condition.Where(bounded: false)}",
        };
        return (inner.Replace("nothing", "region", StringComparison.Ordinal), windows);
    }

    /// <summary>The text, and how many dimensions beside time there are; many stands for those of a pattern.</summary>
    private (string Text, int Dimensions) Grouping(bool windows, ReadOnlySpan<string> widths)
    {
        var dimensions = dice.Once(2) ? dice.Pick("host", "region", "host, region", "*", "/^h/", "dev", "nothing", "region, host", "\"host\"::tag") : "";
        var every = dice.Pick(widths);
        var time = !windows ? "" : dice.Once(4) && widths.Length > 3 ? $"time({every}, {dice.Pick("10s", "-13s", "1m", "-2m", "3h")})" : $"time({every})";
        var all = string.Join(", ", new[] { time, dimensions }.Where(each => each.Length > 0));
        return (all.Length == 0 ? "" : $" GROUP BY {all}", dimensions.Length == 0 ? 0 : dimensions.AsSpan().ContainsAny(",*/") ? 2 : 1);
    }

    /// <summary>
    /// Numbers do not stand beside texts and booleans, and between the hugest there is no line. With windows left out InfluxDB limits each function by itself.
    /// </summary>
    private string Fill(string fields)
    {
        var numbers = !fields.AsSpan().ContainsAny("*b/") && !fields.Contains("(s)", StringComparison.Ordinal) && !fields.Contains("(h", StringComparison.Ordinal)
            && !fields.EndsWith(", s", StringComparison.Ordinal);
        var fill = numbers ? dice.Pick("none", "previous", "linear", "null", "0", "-7.5", "3", "100") : dice.Pick("none", "previous", "null");
        return fill == "none" && fields.AsSpan().ContainsAny(",*/") ? "" : dice.Maybe(2, () => $" fill({fill})");
    }

    /// <summary>
    /// Which series SLIMIT takes InfluxDB decides by bytes that are no order of their tags, as soon as one lacks a tag. What has several rows of a window it limits before it picks
    /// them, and orders them as it likes.
    /// </summary>
    private string Limits(string fields, int dimensions) => new[] { "top", "bottom", "distinct" }.Any(name => fields.StartsWith(name, StringComparison.Ordinal)) ? "" : string.Concat(
        dice.Maybe(4, () => $" ORDER BY {dice.Pick("time", "time DESC", "time DESC", "time ASC")}"),
        dice.Maybe(4, () => $" LIMIT {dice.Pick("1", "2", "3", "10", "0", "2 OFFSET 1", "5 OFFSET 3", "1 OFFSET 0")}"),
        dimensions > 1 ? "" : dice.Maybe(8, () => $" SLIMIT {dice.Pick("1", "2", "3", "2 SOFFSET 1", "3 SOFFSET 2")}"));

    private string Zone(bool windows) => dice.Maybe(windows ? 6 : 30, () => $" tz('{dice.Pick("Europe/Paris", "America/New_York", "Asia/Kolkata")}')");
}

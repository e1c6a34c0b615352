namespace NocMonitor.EndToEnd.Tests.InfluxQl.Random;

/// <summary>A WHERE by chance: tags, fields and time, with AND, OR and parentheses.</summary>
internal sealed class RandomCondition(Dice dice, RandomParameters parameters)
{
    /// <param name="bounded">Time has to have both bounds: windows without them are counted from the oldest point to now.</param>
    public string Where(bool bounded)
    {
        var terms = new List<string>();
        if (bounded)
        {
            terms.Add(Range());
        }
        else if (dice.Once(4))
        {
            terms.Add(dice.Once(2) ? Range() : TimeTerm());
        }

        if (dice.Once(2))
        {
            terms.Add(dice.Once(3) ? $"({Term()} {dice.Pick("AND", "OR")} {Term()})" : Term());
        }

        if (terms.Count > 1 && dice.Once(2))
        {
            terms.Reverse();
        }

        return terms.Count == 0 ? "" : $" WHERE {string.Join(" AND ", terms)}";
    }

    /// <summary>A condition on tags alone.</summary>
    public string TagTerm() => dice.Between(0, 7) switch
    {
        0 => $"host = {parameters.Text(Host())}",
        1 => $"host != {parameters.Text(Host())}",
        2 => $"host =~ /{dice.Pick("h[12]", "^h1$", "(?i)H", "a,b=c", "ü", "", "^$", "\\d", ".")}/",
        3 => $"host !~ /{dice.Pick("h[12]", "^h1$", "ü", ".*")}/",
        4 => $"region {dice.Pick("=", "!=")} {dice.Pick("''", "'eu'", "'us'")}",
        5 => $"region {dice.Pick("=~", "!~")} /{dice.Pick("^$", "eu|us", "^e", ".+")}/",
        6 => $"\"host\"::tag = {parameters.Text(Host())}",
        _ => $"nothing {dice.Pick("=", "!=")} {dice.Pick("''", "'x'")}",
    };

    private string Term() => dice.Once(2) ? TagTerm() : FieldTerm();

    private string FieldTerm() => dice.Between(0, 12) switch
    {
        0 or 1 => $"f {Compare()} {dice.Pick("0", "100.5", "-250", "1e2")}",
        2 or 3 => $"i {Compare()} {parameters.Integer(dice.Pick(0, 100, 500, -50))}",
        4 => $"s {dice.Pick("=", "!=")} {parameters.Text(dice.Pick("ok", "", "it's", "say \"hi\"", @"back\slash", "ünï ☃"))}",
        5 => $"s {dice.Pick("=~", "!~")} /{dice.Pick("^o", "hi", "☃", "", "[[:alpha:]]+", "^$", "b.ck")}/",
        6 => $"b {dice.Pick("=", "!=")} {dice.Pick("true", "false")}",
        7 => $"f + i {Compare()} {dice.Pick("10", "500")}",
        8 => $"f {Compare()} i",
        9 => $"h {Compare()} {dice.Pick("0", "9007199254740993", "9223372036854775807", "1.5")}",
        10 => $"{dice.Pick("10", "0.5")} {Compare()} {dice.Pick("f", "i")}",
        11 => $"i {dice.Pick("%", "/", "*")} {dice.Pick("2", "7", "3.5")} {Compare()} 3",
        _ => $"nothing {dice.Pick("=", "!=", ">")} {dice.Pick("1", "'x'", "true")}",
    };

    private string Compare() => dice.Pick("=", "!=", "<>", "<", "<=", ">", ">=");

    private string Range()
    {
        var from = NastyPoints.Start + dice.Pick(0, -60, 30, 600, 1_260, 3_600, -3_600);
        var length = dice.Pick(60, 600, 1_800, 3_600, 7_200, 1_000);
        return dice.Between(0, 3) switch
        {
            0 => $"time >= {from}s AND time <= {from + length}s",
            1 => $"time > {from}000ms AND time < {from + length}000000000",
            2 => $"time >= '{At(from):yyyy-MM-dd HH:mm:ss}' AND time < '{At(from + length):yyyy-MM-ddTHH:mm:ssZ}'",
            _ => $"time >= {from}s AND time < {from}s + {length}s",
        };
    }

    private string TimeTerm() => dice.Pick(
        $"time {dice.Pick("<", "<=", ">", ">=")} {NastyPoints.Start + dice.Between(0, NastyPoints.Length)}s", $"time = {NastyPoints.Start}s", "time < now() - 1h", "time >= '2017-07-14'", $"time > 0");

    private static DateTimeOffset At(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);

    private string Host() => dice.Pick("h1", "h2", "h 3", "a,b=c", "ünï", "q\"t'", "nobody", "");
}

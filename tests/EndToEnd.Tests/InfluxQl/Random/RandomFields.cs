using System.Text.RegularExpressions;

namespace NocMonitor.EndToEnd.Tests.InfluxQl.Random;

/// <summary>The fields of a SELECT by chance: raw ones, or functions, nested as InfluxDB allows and now and then as it does not.</summary>
internal sealed partial class RandomFields(Dice dice)
{
    public string Raw() => dice.Between(0, 5) switch
    {
        0 => "*",
        1 => dice.Pick("*::field", "*::tag, f", "/^[fi]$/", "/s|b/, f", "f, *::tag"),
        2 => string.Join(", ", dice.Some(3, "f", "i", "s", "b", "h", "only", "host", "region", "nothing", "f::float", "i::float", "f::integer", "s::string", "host::tag", "x", "y")),
        3 => string.Join(", ", dice.Some(2, "f AS v", "i AS \"a b\"", "f AS f", "s AS t", "b")),
        4 => $"{Arithmetic(2)}{dice.Maybe(3, () => ", f")}",
        _ => string.Join(", ", dice.Some(3, "f", "i", "s", "b", "host")),
    };

    public string Aggregated(bool windows, bool tied) => dice.Between(0, 7) switch
    {
        0 => dice.Pick("mean(/^[fi]$/)", "max(*)", "count(*)", "distinct(s)", "distinct f", "last(*)", "first(*)", "sum(/^[fi]$/)", "min(/f|i/)", "spread(*)", "median(/^[fi]$/)", "stddev(/f/)"),
        1 when !tied => $"{dice.Pick("max", "min", "first", "last")}({dice.Pick("f", "i")}), {(windows ? dice.Pick("f, i", "i AS other", "only") : dice.Pick("host", "s", "f, i", "*", "i AS other, region", "b"))}",
        2 => $"{Number()} {dice.Pick("+", "-", "*", "/")} {dice.Pick(Number(), "2", "1.5")}{dice.Maybe(2, () => " AS r")}",
        3 when !tied || windows => Transformed(windows),
        4 when !tied => dice.Pick("top(f, 3)", "bottom(f, 2)", "top(f, host, 2)", "bottom(f, host, 2), i", "top(f, 2), host, s", "top(only, 3)", "bottom(i, 1)", "bottom(f, 1) AS low"),
        5 => $"{Math()}({Aggregate()})",
        _ => string.Join(", ", Enumerable.Range(0, dice.Between(1, 3)).Select(_ => Aggregate() + dice.Maybe(4, () => $" AS n{dice.Between(1, 3)}"))),
    };

    /// <summary>
    /// Fields for a query around this one, which finds them as f, i, x or y. What is not there, or counted without its doubles, InfluxDB loses on the way, and of transformed
    /// windows the first.
    /// </summary>
    public string Aliased(bool windows)
    {
        var names = !windows && dice.Once(4) ? [] : dice.Some(3, "f", "i", "x", "y");
        var fields = names.Select(name => (Name: name, Text: Aggregate())).DistinctBy(field => field.Text).ToList();
        var text = fields.Count == 0 ? $"{Transformed(windows: false)} AS {dice.Pick("f", "i", "x")}" : string.Join(", ", fields.Select(field => $"{field.Text} AS {field.Name}"));
        return Absent().Replace(text, match => match.Groups[1].Value + (match.Groups[2].Value == "x" ? "i" : "f")).Replace("distinct", "", StringComparison.Ordinal)
            .Replace("stddev", "median", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"([( ])(nothing|x|only)(?=\))")]
    private static partial Regex Absent();

    private string Number() => Aggregate().Replace("mode(b)", "count(b)", StringComparison.Ordinal);

    private string Aggregate()
    {
        var field = dice.Pick("f", "f", "f", "i", "i", "h", "only", "s", "b", "nothing", "x", "i::float");
        return dice.Between(0, 13) switch
        {
            0 or 1 => $"count({dice.Pick(field, $"distinct({field})", $"distinct {field}")})",
            2 or 3 => $"mean({(field == "h" ? "i" : field)})",
            4 => $"sum({field})",
            5 => $"min({field})",
            6 => $"max({field})",
            7 => $"first({field})",
            8 => $"last({field})",
            9 => $"median({(field == "h" ? "i" : field)})",
            10 => $"stddev({(field == "h" ? "i" : field)})",
            11 => $"spread({field})",
            12 => "mode(b)",
            _ => $"percentile({dice.Pick("f", "only")}, {dice.Pick("50", "95", "99.9", "1", "0")})",
        };
    }

    private string Transformed(bool windows)
    {
        var inner = windows ? Aggregate() : dice.Pick("f", "i", "only");
        inner = inner.StartsWith("stddev", StringComparison.Ordinal) ? "mean(f)" : inner;
        return dice.Between(0, 10) switch
        {
            0 => $"derivative({inner}, {dice.Pick("1s", "1m")})",
            1 => $"non_negative_derivative({inner}, {dice.Pick("1s", "5m")})",
            2 => $"difference({inner})",
            3 => $"non_negative_difference({inner})",
            4 => $"moving_average({inner}, {dice.Pick(2, 3, 5)})",
            5 => $"cumulative_sum({inner})",
            6 => $"elapsed({inner}, {dice.Pick("1ns", "1s", "1m")})",
            7 => $"exponential_moving_average({inner}, {dice.Pick(2, 4)})",
            8 => $"{dice.Pick("double_exponential_moving_average", "triple_exponential_moving_average", "triple_exponential_derivative", "relative_strength_index")}({inner}, {dice.Pick("2", "3", "3, 0", "4, 3, 'simple'")})",
            9 => $"{dice.Pick("kaufmans_efficiency_ratio", "kaufmans_adaptive_moving_average", "chande_momentum_oscillator")}({inner}, {dice.Pick("2", "3", "3, 0")})",
            _ => $"{Math()}(difference({inner}))",
        };
    }

    private string Math() => dice.Pick("round", "floor", "ceil", "sin", "cos", "tan", "atan", "exp", "sqrt", "ln", "log2", "log10");

    private string Arithmetic(int depth) => dice.Between(0, depth > 0 ? 6 : 2) switch
    {
        0 => dice.Pick("f", "i", "only"),
        1 => dice.Pick("2", "0.5", "-3", "10"),
        2 => dice.Pick("f", "i"),
        3 => $"({Arithmetic(depth - 1)} {dice.Pick("+", "-", "*", "/")} {Arithmetic(depth - 1)})",
        4 => dice.Pick($"{dice.Pick("f", "i")} {dice.Pick("+", "-", "*", "/")} {Arithmetic(depth - 1)}", "i % 7", "f % 2.5"),
        5 => $"(i {dice.Pick("&", "|", "^")} {dice.Pick("i", "3", "7")})",
        _ => dice.Pick($"{Math()}({Arithmetic(depth - 1)})", $"pow({Arithmetic(depth - 1)}, 2)", $"atan2(f, {Arithmetic(depth - 1)})", $"log(f, 2)"),
    };
}

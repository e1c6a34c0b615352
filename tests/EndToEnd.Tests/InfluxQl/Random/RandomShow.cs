namespace NocMonitor.EndToEnd.Tests.InfluxQl.Random;

/// <summary>A SHOW by chance.</summary>
internal sealed class RandomShow(Dice dice, RandomParameters parameters)
{
    private readonly RandomCondition _condition = new(dice, parameters);

    public string Text() => dice.Between(0, 8) switch
    {
        0 => $"SHOW MEASUREMENTS WITH MEASUREMENT {dice.Pick("= a", "=~ /^[ab]/", "=~ /(?i)^OLD/", "= \"we ird,m\"", "=~ /^$/", "=~ /^[^c]/")}{Where()}{Limits()}",
        1 => $"SHOW SERIES{From()}{Where()}{Limits()}",
        2 => $"SHOW TAG KEYS{From()}{Where()}{Limits()}",
        3 => $"SHOW FIELD KEYS{From()}{Limits()}",
        4 => $"SHOW {dice.Pick("MEASUREMENT", "SERIES", "TAG KEY", "FIELD KEY")} EXACT CARDINALITY FROM {dice.Pick("a", "b", "/^[ab]$/", "tie")}",
        5 => $"SHOW TAG VALUES EXACT CARDINALITY{From()}{Key()}",
        _ => $"SHOW TAG VALUES{From()}{Key()}{Where()}{Limits()}",
    };

    // Always with a source: a collector also has points of its own.
    private string From() => $" FROM {dice.Pick("a", "b", "/^[ab]$/", "a, b", "nothing", "tie", "\"we ird,m\"", "old", "/^[abot]/", "/^[^c]/")}";

    private string Key() => $" WITH KEY {dice.Pick("= host", "= \"region\"", "IN (host, region)", "=~ /^[hr]/", "!= host", "!~ /h/", "= nothing", "= \"a tag\"", "IN (dev)")}";

    private string Where() => dice.Maybe(2, () => $" WHERE {(dice.Once(3) ? $"{_condition.TagTerm()} {dice.Pick("AND", "OR")} {_condition.TagTerm()}" : _condition.TagTerm())}");

    private string Limits() => string.Concat(dice.Maybe(4, () => $" LIMIT {dice.Pick(1, 2, 3)}"), dice.Maybe(6, () => $" OFFSET {dice.Pick(0, 1, 2)}"));
}

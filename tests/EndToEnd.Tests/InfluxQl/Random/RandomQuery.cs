namespace NocMonitor.EndToEnd.Tests.InfluxQl.Random;

/// <summary>A query by chance: one statement or several, with values of its parameters and how the answer is asked for.</summary>
internal sealed record RandomQuery(string Text, string Parameters, string Epoch, bool Csv)
{
    public static RandomQuery Throw(int seed)
    {
        var dice = new Dice(seed);
        var statements = dice.Once(12) ? dice.Between(2, 3) : 1;
        var parameters = new RandomParameters(dice);
        var text = string.Join("; ", Enumerable.Range(0, statements).Select(_ => dice.Once(6) ? new RandomShow(dice, parameters).Text() : new RandomSelect(dice, parameters).Text()));
        return new RandomQuery(text, parameters.Json, dice.Once(3) ? dice.Pick("", "u", "ms", "s", "m", "h") : "ns", statements == 1 && dice.Once(15));
    }

    public override string ToString() => $"{Text}{(Parameters.Length > 0 ? $"  params={Parameters}" : "")}{(Epoch == "ns" ? "" : $"  epoch={Epoch}")}{(Csv ? "  csv" : "")}";
}

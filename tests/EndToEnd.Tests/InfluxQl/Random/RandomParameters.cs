using System.Text.Json.Nodes;

namespace NocMonitor.EndToEnd.Tests.InfluxQl.Random;

/// <summary>Writes a value into a query now and then as a parameter, and keeps what the parameters stand for.</summary>
internal sealed class RandomParameters(Dice dice)
{
    private const int Seldom = 20;
    private readonly JsonObject _values = [];

    public string Json => _values.Count == 0 ? "" : _values.ToJsonString();

    public string Text(string value) => dice.Once(Seldom) ? Bound(value) : $"'{value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";

    public string Integer(long value) => dice.Once(Seldom) ? Bound(value) : $"{value}";

    private string Bound(JsonNode value)
    {
        var name = $"p{_values.Count}";
        _values[name] = value;
        return $"${name}";
    }
}

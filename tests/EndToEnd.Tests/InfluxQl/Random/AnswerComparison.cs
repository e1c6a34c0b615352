using System.Globalization;
using System.Text.Json.Nodes;

namespace NocMonitor.EndToEnd.Tests.InfluxQl.Random;

/// <summary>Whether two answers say the same. Decimals may differ in their last digits, measured by the largest of their column: sums are taken in another order.</summary>
internal static class AnswerComparison
{
    private const double Tolerance = 1e-9;

    /// <summary>From here on not every whole decimal can be told from its neighbour.</summary>
    private const double Exact = 1L << 53;

    public static bool Alike(string expected, string actual) => expected.Trim() == actual.Trim() || IsBeyondComparison(expected, actual)
        || (expected.StartsWith('{') ? actual.StartsWith('{') && Alike(JsonNode.Parse(expected), JsonNode.Parse(actual)) : AlikeRows(Rows(expected), Rows(actual)));

    /// <summary>
    /// InfluxDB loses the error of one statement of several and every error in CSV, has no JSON for an infinity, and sees whether a function takes the type of its field only
    /// when it meets a point.
    /// </summary>
    private static bool IsBeyondComparison(string expected, string actual) =>
        expected.Contains("\"error\":\"not executed\"", StringComparison.Ordinal)
        || expected.StartsWith("json: error", StringComparison.Ordinal)
        || (!expected.StartsWith('{') && expected.Contains("Inf", StringComparison.Ordinal))
        || (expected.Length == 0 && actual.StartsWith("error\n", StringComparison.Ordinal))
        || (expected + actual).Contains(" iterator type: ", StringComparison.Ordinal);

    private static bool Alike(JsonNode? expected, JsonNode? actual) => (expected, actual) switch
    {
        (JsonObject left, JsonObject right) => left.Count == right.Count && left.All(member => right.TryGetPropertyValue(member.Key, out var other)
            && (member.Key == "values" ? AlikeRows(Rows(member.Value!), Rows(other!)) : Alike(member.Value, other))),
        (JsonArray left, JsonArray right) => left.Count == right.Count && left.Zip(right).All(pair => Alike(pair.First, pair.Second)),
        _ => JsonNode.DeepEquals(expected, actual),
    };

    private static bool AlikeRows(string[][] expected, string[][] actual)
    {
        if (expected.Length != actual.Length || expected.Zip(actual).Any(pair => pair.First.Length != pair.Second.Length))
        {
            return false;
        }

        var columns = expected.Length == 0 ? 0 : expected.Max(row => row.Length);
        for (var column = 0; column < columns; column++)
        {
            var cells = expected.Zip(actual).Where(pair => column < pair.First.Length).Select(pair => (Left: pair.First[column], Right: pair.Second[column])).ToList();
            var scale = cells.Max(pair => Number(pair.Left) is { } number && double.IsFinite(number) ? Math.Abs(number) : 0);
            if (!cells.All(pair => Alike(pair.Left, pair.Right, scale)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Alike(string expected, string actual, double scale) =>
        expected == actual
        || (Number(expected) is { } left && Number(actual) is { } right && Math.Abs(left - right) <= Tolerance * scale
            && (Math.Abs(left) >= Exact || !IsWhole(expected) || !IsWhole(actual)));

    private static double? Number(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool IsWhole(string cell) => cell.All(letter => char.IsAsciiDigit(letter) || letter == '-');

    private static string[][] Rows(JsonNode values) => [.. values.AsArray().Select(row => row!.AsArray().Select(cell => cell?.ToJsonString() ?? "null").ToArray())];

    private static string[][] Rows(string csv) => [.. csv.Split('\n').Select(line => line.Split(','))];
}

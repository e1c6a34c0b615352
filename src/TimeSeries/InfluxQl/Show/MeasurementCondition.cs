using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Show;

/// <summary>
/// What a condition says of a measurement as a whole: each comparison asks whether any series has such a value of the tag, and "unlike" that none has. A measurement without
/// the tag satisfies neither.
/// </summary>
internal static class MeasurementCondition
{
    public static bool Holds(SeriesIndex index, string measurement, Expr? condition) => condition switch
    {
        null => true,
        Paren paren => Holds(index, measurement, paren.Inner),
        Binary { Operator: TokenKind.And } both => Holds(index, measurement, both.Left) && Holds(index, measurement, both.Right),
        Binary { Operator: TokenKind.Or } both => Holds(index, measurement, both.Left) || Holds(index, measurement, both.Right),
        Binary { Left: Reference tag, Right: TextLiteral text } binary =>
            Compare(index, measurement, tag.Name, binary.Operator == TokenKind.Equal, value => string.Equals(value, text.Value, StringComparison.Ordinal)),
        Binary { Left: Reference tag, Right: RegexLiteral regex } binary =>
            Compare(index, measurement, tag.Name, binary.Operator == TokenKind.Matches, regex.Regex.IsMatch),
        _ => false,
    };

    private static bool Compare(SeriesIndex index, string measurement, string tag, bool wanted, Func<string, bool> accepts)
    {
        if (tag == "_name")
        {
            return accepts(measurement) == wanted;
        }

        var values = index.TagValues(measurement, tag);
        return values.Count > 0 && values.Any(accepts) == wanted;
    }
}

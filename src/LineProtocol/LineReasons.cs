using System.Text;

namespace NocMonitor.LineProtocol;

/// <summary>The words for each fault. Quotations are short and printable: they go into logs and HTTP answers.</summary>
internal static class LineReasons
{
    private const int LongestQuotation = 40;

    public static string Describe(LineFault fault, ReadOnlySpan<byte> token, LineLimits limits) => fault switch
    {
        LineFault.MeasurementMissing => "a measurement is expected here",
        LineFault.CommentInvalid => "a comment holds a control character",
        LineFault.SeriesInvalid => "a comma or a space is expected behind measurement and tag values; escape other separators with a backslash",
        LineFault.TagKeyMissing => "a tag key is expected behind the comma",
        LineFault.TagEqualsMissing => $"the tag {Quote(token)} has no '='",
        LineFault.TagValueMissing => $"the tag {Quote(token)} has no value",
        LineFault.TagTwice => $"the tag {Quote(token)} is there twice",
        LineFault.TooManyTags => $"more than {limits.MaxTags} tags",
        LineFault.FieldMissing => "a field is expected here",
        LineFault.FieldKeyMissing => "a field key is expected here",
        LineFault.FieldEqualsMissing => $"the field {Quote(token)} has no '='",
        LineFault.FieldValueMissing => "a field value is expected behind the '='",
        LineFault.FieldKindUnknown => $"{Quote(token)} is no number, boolean or quoted string",
        LineFault.FloatInvalid => $"{Quote(token)} is no float",
        LineFault.IntegerInvalid => $"{Quote(token)} is no integer",
        LineFault.UnsignedInvalid => $"{Quote(token)} is no unsigned integer",
        LineFault.BooleanInvalid => $"{Quote(token)} is no boolean",
        LineFault.OutOfRange => $"{Quote(token)} is out of range",
        LineFault.TextUnterminated => $"the string has no closing quote within {limits.MaxLineBytes} bytes of its line or before the end of the text",
        LineFault.AfterField => $"{Quote(token)} behind a field value; a comma, a space or the end of the line is expected",
        LineFault.TooManyFields => $"more than {limits.MaxFields} fields",
        LineFault.TimeInvalid => $"{Quote(token)} is no timestamp",
        LineFault.TimeOutOfRange => $"the timestamp {Quote(token)} is out of range",
        LineFault.AfterTime => "text behind the timestamp",
        LineFault.NotUtf8 => "not UTF-8",
        LineFault.TooLong => $"longer than {limits.MaxLineBytes} bytes",
        _ => "",
    };

    private static string Quote(ReadOnlySpan<byte> token)
    {
        var quotation = new StringBuilder("'");
        foreach (var c in Encoding.UTF8.GetString(token[..Math.Min(token.Length, LongestQuotation)]))
        {
            quotation.Append(char.IsControl(c) ? $"\\x{(int)c:x2}" : c.ToString());
        }

        return quotation.Append(token.Length > LongestQuotation ? "…'" : "'").ToString();
    }
}

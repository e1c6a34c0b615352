namespace NocMonitor.LineProtocol;

/// <summary>The shape of a decimal float: <c>-? digits? (. digits?)? ([eE] [+-]? digits)?</c> with a digit before the exponent.</summary>
internal static class FloatSyntax
{
    public static bool IsDecimal(ReadOnlySpan<byte> token)
    {
        if (token is [(byte)'-', ..])
        {
            token = token[1..];
        }

        var digits = SkipDigits(ref token);
        if (token is [(byte)'.', ..])
        {
            token = token[1..];
            digits += SkipDigits(ref token);
        }

        return digits > 0 && (token.IsEmpty || IsExponent(token));
    }

    private static bool IsExponent(ReadOnlySpan<byte> token)
    {
        if (token[0] is not ((byte)'e' or (byte)'E'))
        {
            return false;
        }

        token = token is [_, (byte)'+' or (byte)'-', ..] ? token[2..] : token[1..];
        return SkipDigits(ref token) > 0 && token.IsEmpty;
    }

    private static int SkipDigits(ref ReadOnlySpan<byte> token)
    {
        var other = token.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var count = other < 0 ? token.Length : other;
        token = token[count..];
        return count;
    }
}

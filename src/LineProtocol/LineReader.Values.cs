namespace NocMonitor.LineProtocol;

/// <summary>Field values.</summary>
public ref partial struct LineReader
{
    /// <summary>Parses the value that starts here and stands behind it.</summary>
    private bool ParseValue(int start, out FieldKind kind, out long bits, out bool escaped)
    {
        kind = FieldKind.Float;
        bits = 0;
        escaped = false;
        if (start >= _text.Length)
        {
            return Fail(LineFault.FieldValueMissing, start);
        }

        switch (_text[start])
        {
            case (byte)'-' or (byte)'.' or (>= (byte)'0' and <= (byte)'9'):
                var length = LineNumbers.Read(_text[start..], out kind, out bits, out var fault);
                _position = start + length;
                return fault == LineFault.None || Fail(fault, start, new Range32(start, length));
            case (byte)'"':
                kind = FieldKind.String;
                return ParseText(start, out bits, out escaped);
            case (byte)'t' or (byte)'T' or (byte)'f' or (byte)'F':
                kind = FieldKind.Boolean;
                return ParseBoolean(start, out bits);
            default:
                var end = LineTokens.EndOfValue(_text, start);
                return Fail(end == start ? LineFault.FieldValueMissing : LineFault.FieldKindUnknown, start, new Range32(start, end - start));
        }
    }

    private bool ParseBoolean(int start, out long bits)
    {
        _position = LineTokens.EndOfValue(_text, start);
        var word = new Range32(start, _position - start);
        var (known, value) = word.In(_text) switch
        {
            [(byte)'t' or (byte)'T'] => (true, true),
            [(byte)'f' or (byte)'F'] => (true, false),
            var text when text.SequenceEqual("true"u8) || text.SequenceEqual("True"u8) || text.SequenceEqual("TRUE"u8) => (true, true),
            var text when text.SequenceEqual("false"u8) || text.SequenceEqual("False"u8) || text.SequenceEqual("FALSE"u8) => (true, false),
            _ => (false, false),
        };
        bits = value ? 1 : 0;
        return known || Fail(LineFault.BooleanInvalid, start, word);
    }

    /// <summary>
    /// Parses a string. The closing quote is looked for within the longest line only. When a chunk ends inside the string, the unfinished
    /// rest beyond the last line feed is looked at too, so that a lost quote is found out here as early and with the same words as in a whole text.
    /// </summary>
    private bool ParseText(int quote, out long bits, out bool escaped)
    {
        _hasText = true;
        var bound = (int)Math.Min((long)_lineStart + _limits.MaxLineBytes, _text.Length);
        var end = LineTokens.EndOfText(_text[..bound], Math.Min(quote + 1, bound), out escaped);
        bits = new Range32(quote + 1, end - quote - 1).Pack();
        if (end < bound)
        {
            _position = end + 1;
            return true;
        }

        if (bound == _text.Length && !_isFinal && !IsQuoteLost(quote))
        {
            _unfinished = true;
            return false;
        }

        return Fail(LineFault.TextUnterminated, quote);
    }

    private readonly bool IsQuoteLost(int quote)
    {
        var bound = (long)_lineStart + _limits.MaxLineBytes;
        return bound < _whole.Length && LineTokens.EndOfText(_whole[..(int)bound], quote + 1, out _) == bound;
    }
}

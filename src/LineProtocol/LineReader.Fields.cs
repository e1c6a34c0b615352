namespace NocMonitor.LineProtocol;

/// <summary>The back of a line: fields and timestamp.</summary>
public ref partial struct LineReader
{
    /// <summary>The fields in the order they are first named; of a field that is there twice the last value counts.</summary>
    public readonly ReadOnlySpan<ParsedField> Fields => _scratch.Fields.AsSpan(0, _fieldKeys.Count);

    /// <summary>The line's time in nanoseconds since 1970-01-01 UTC; null when it has none.</summary>
    public readonly long? Timestamp => _hasTime ? _time : null;

    /// <summary>The line's time, else the given one cut to the precision of the text, as servers do.</summary>
    public readonly long TimestampOr(long receivedNs) => _hasTime ? _time : receivedNs - FloorRest(receivedNs);

    /// <summary>The key of a field, still escaped when <see cref="ParsedField.KeyEscaped"/>; see <see cref="LineEscapes.Key"/>.</summary>
    public readonly ReadOnlySpan<byte> RawKey(in ParsedField field) => field.Key.In(_text);

    /// <summary>The value of a string field, still escaped when <see cref="ParsedField.TextEscaped"/>; see <see cref="LineEscapes.Text"/>.</summary>
    public readonly ReadOnlySpan<byte> RawText(in ParsedField field) => field.Text.In(_text);

    private readonly long FloorRest(long time) => ((time % _unit) + _unit) % _unit;

    private bool ParseFields()
    {
        _position = SkipSpaces(_position);
        while (ParseField())
        {
            if (IsLineEnd(_position))
            {
                _hasTime = false;
                return true;
            }

            switch (_text[_position])
            {
                case (byte)',':
                    _position++;
                    continue;
                case (byte)' ' or (byte)'\r':
                    return ParseTime();
                default:
                    return Fail(LineFault.AfterField, _position, new Range32(_position, 1));
            }
        }

        return false;
    }

    private bool ParseField()
    {
        var start = _position;
        var end = EndOfKey(start, out var escaped);
        if (end == start)
        {
            return Fail(IsLineEnd(start) ? LineFault.FieldMissing : LineFault.FieldKeyMissing, start);
        }

        var key = new Range32(start, end - start);
        if (end == _text.Length || _text[end] != '=')
        {
            return Fail(LineFault.FieldEqualsMissing, end, key);
        }

        if (!ParseValue(end + 1, out var kind, out var bits, out var textEscaped))
        {
            return false;
        }

        var index = _fieldKeys.FindOrAdd(_text, key);
        if (index < 0)
        {
            index = ~index;
            if (index == _scratch.Fields.Length && !GrowFields())
            {
                return Fail(LineFault.TooManyFields, start);
            }
        }

        _scratch.Fields[index] = new ParsedField(key, escaped, kind, bits, textEscaped);
        return true;
    }

    private readonly bool GrowFields()
    {
        var size = Math.Min(_scratch.Fields.Length * 2, _limits.MaxFields);
        var grows = size > _scratch.Fields.Length;
        Array.Resize(ref _scratch.Fields, size);
        return grows;
    }

    private bool ParseTime()
    {
        var start = SkipSpaces(_position);
        if (IsLineEnd(start))
        {
            _hasTime = false;
            _position = start;
            return true;
        }

        var end = LineTokens.EndOfValue(_text, start);
        var token = new Range32(start, end - start);
        _hasTime = true;
        if (!LineNumbers.TryReadTime(token.In(_text), _unit, out _time, out var outOfRange))
        {
            return Fail(outOfRange ? LineFault.TimeOutOfRange : LineFault.TimeInvalid, start, token);
        }

        _position = SkipSpaces(end);
        return IsLineEnd(_position) || Fail(LineFault.AfterTime, _position);
    }
}

namespace NocMonitor.LineProtocol;

/// <summary>The front of a line: measurement and tags, which name its series.</summary>
public ref partial struct LineReader
{
    /// <summary>The raw bytes of measurement and tags, exactly as written. The order of tags is the sender's.</summary>
    public readonly ReadOnlySpan<byte> SeriesKey => _text[_measurement.Start.._seriesEnd];

    /// <summary>The text from <see cref="SeriesKey"/> on, to its end and not to that of the line.</summary>
    public readonly ReadOnlySpan<byte> FromSeriesKey => _text[_measurement.Start..];

    /// <summary>The <see cref="KeyHash"/> of <see cref="SeriesKey"/>, computed at each call.</summary>
    public readonly ulong SeriesHash => KeyHash.Of(SeriesKey);

    /// <summary>The measurement, still escaped; see <see cref="LineEscapes.Measurement"/>.</summary>
    public readonly ReadOnlySpan<byte> RawMeasurement => _measurement.In(_text);

    public readonly int TagCount => _tags.Count;

    /// <summary>The key of a tag, by its place in the line, still escaped; see <see cref="LineEscapes.Key"/>.</summary>
    public readonly ReadOnlySpan<byte> RawTagKey(int index) => _tags.Keys[index].In(_text);

    /// <summary>The value of a tag, by its place in the line, still escaped; see <see cref="LineEscapes.Key"/>.</summary>
    public readonly ReadOnlySpan<byte> RawTagValue(int index)
    {
        // A value begins behind its key's equals sign and ends before the comma of the next key, or where the series ends.
        var key = _tags.Keys[index];
        var end = index + 1 < _tags.Count ? _tags.Keys[index + 1].Start - 1 : _seriesEnd;
        return _text[(key.Start + key.Length + 1)..end];
    }

    private bool ParseSeries()
    {
        var end = EndOfMeasurement(_position);
        if (end == _position)
        {
            return Fail(LineFault.MeasurementMissing, _position);
        }

        _measurement = new Range32(_position, end - _position);
        while ((uint)end < (uint)_text.Length && _text[end] == ',')
        {
            if (!ParseTag(ref end))
            {
                return false;
            }
        }

        if (end == _text.Length || _text[end] != ' ')
        {
            return Fail(IsLineEnd(end) ? LineFault.FieldMissing : LineFault.SeriesInvalid, end);
        }

        _seriesEnd = end;
        _position = end + 1;
        return true;
    }

    private bool ParseTag(ref int position)
    {
        var start = position + 1;
        var end = EndOfKey(start, out _);
        var key = new Range32(start, end - start);
        if (end == start)
        {
            return Fail(LineFault.TagKeyMissing, start);
        }

        if (end == _text.Length || _text[end] != '=')
        {
            return Fail(LineFault.TagEqualsMissing, start, key);
        }

        position = EndOfKey(end + 1, out _);
        if (position == end + 1)
        {
            return Fail(LineFault.TagValueMissing, position, key);
        }

        if (_tags.FindOrAdd(_text, key) >= 0)
        {
            return Fail(LineFault.TagTwice, start, key);
        }

        return _tags.Count <= _limits.MaxTags || Fail(LineFault.TooManyTags, start);
    }
}

using System.Runtime.CompilerServices;

namespace NocMonitor.LineProtocol;

/// <summary>
/// Reads line protocol line by line. A bad line is reported and costs only itself; a good line costs no allocation: keys and texts are spans
/// of the input, still escaped, valid until the next <see cref="Read"/>. The grammar is the one of influxdata/line-protocol; see
/// docs/formats/line-protocol.md.
/// </summary>
/// <remarks>
/// Text may come in chunks: with <c>isFinal</c> false the unfinished line at the end is left, the next chunk must begin with the bytes from
/// <see cref="Consumed"/> on, and the same scratch carries the line number over. Chunks give the lines and errors that the whole text gives.
/// </remarks>
public ref partial struct LineReader
{
    private readonly ReadOnlySpan<byte> _whole;

    /// <summary>What can hold whole lines: everything when final, else up to the last line feed.</summary>
    private readonly ReadOnlySpan<byte> _text;

    private readonly LineScratch _scratch;
    private readonly LineLimits _limits;
    private readonly KeyTable _tags;
    private readonly KeyTable _fieldKeys;
    private readonly long _unit;
    private readonly bool _isFinal;

    private StopScanner _stops;
    private int _position;

    /// <summary>The line at the position goes on in the next chunk.</summary>
    private bool _unfinished;

    // The line the reader stands at.
    private int _lineStart;
    private int _lineEnd;
    private int _lineNumber;
    private bool _hasText;
    private Range32 _measurement;
    private int _seriesEnd;
    private long _time;
    private bool _hasTime;
    private LineFault _fault;
    private int _faultAt;
    private Range32 _faultToken;

    public LineReader(
        LineScratch scratch, ReadOnlySpan<byte> text, bool isFinal = true, TimePrecision precision = TimePrecision.Nanoseconds, LineLimits? limits = null)
    {
        _limits = limits ?? LineLimits.Default;
        _scratch = scratch;
        (_tags, _fieldKeys) = scratch.TablesFor(_limits);
        _whole = text;
        _text = isFinal ? text : text[..(text.LastIndexOf((byte)'\n') + 1)];
        _stops = new StopScanner(_text);
        _isFinal = isFinal;
        _unit = precision.Nanoseconds();
    }

    /// <summary>The line in the whole text that the reader stands at, from 1.</summary>
    public readonly int LineNumber => _lineNumber;

    /// <summary>The bytes read so far, whole lines only; when not final, keep the rest for the next chunk.</summary>
    public readonly int Consumed => _position;

    /// <summary>Goes on to the next line, good or bad. False at the end of the text, or of its whole lines when it is not final.</summary>
    public bool Read()
    {
        if (_scratch.Skipping && !SkipRestOfLine())
        {
            return false;
        }

        while (_position < _text.Length && !_unfinished)
        {
            StartLine();
            if (PassOver())
            {
                if (IsGood)
                {
                    continue;
                }

                return true;
            }

            if (IsGood && ParseSeries() && ParseFields() && CheckUtf8())
            {
                FinishLine(_position);
                return true;
            }

            if (!_unfinished)
            {
                Recover();
                return true;
            }

            _position = _lineStart;
        }

        return EndOfText();
    }

    private void StartLine()
    {
        _fault = LineFault.None;
        _lineStart = _position;
        _lineNumber = _scratch.Line;
        _hasText = false;
        _tags.Clear();
        _fieldKeys.Clear();
    }

    /// <summary>Passes over a blank line or a comment. False when there is a line to parse, or when the comment is bad and the fault noted.</summary>
    private bool PassOver()
    {
        _position = SkipSpaces(_position);
        var end = _position;
        if (end < _text.Length && _text[end] == '#')
        {
            end = LineTokens.EndOfComment(_text, end);
            if (!IsLineEnd(end))
            {
                return Fail(LineFault.CommentInvalid, end);
            }
        }

        if (!IsLineEnd(end))
        {
            return false;
        }

        FinishLine(end);
        return true;
    }

    /// <summary>Notes a line that ends here, good so far, and stands at the start of the next.</summary>
    private void FinishLine(int end)
    {
        _lineEnd = end;
        _scratch.Line += 1 + (_hasText ? _text[_lineStart..end].Count((byte)'\n') : 0);
        _position = end;
        if (end < _text.Length)
        {
            _position += _text[end] == '\r' && end + 1 < _text.Length ? 2 : 1;
        }

        if (end - _lineStart > _limits.MaxLineBytes)
        {
            Fail(LineFault.TooLong, _lineStart);
        }
    }

    private readonly int SkipSpaces(int position)
    {
        while (position < _text.Length && _text[position] == ' ')
        {
            position++;
        }

        return position;
    }

    /// <summary>Whether a line can end here: LF, CR LF, the end of the text, or a CR just before that.</summary>
    private readonly bool IsLineEnd(int position)
    {
        if (position >= _text.Length)
        {
            return true;
        }

        return _text[position] == '\n'
            || (_text[position] == '\r' && (position + 1 == _text.Length || _text[position + 1] == '\n'));
    }

    /// <summary>The end of a tag key, tag value or field key, as <see cref="LineTokens.EndOfKey"/> finds it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int EndOfKey(int start, out bool escaped)
    {
        var end = _stops.Next(start);
        escaped = (uint)end < (uint)_text.Length && _text[end] == '\\';
        return escaped ? LineTokens.EndOfKey(_text, end, out _) : end;
    }

    private int EndOfMeasurement(int start)
    {
        var end = _stops.Next(start);
        return (uint)end < (uint)_text.Length && _text[end] is (byte)'\\' or (byte)'=' ? LineTokens.EndOfMeasurement(_text, end, out _) : end;
    }
}

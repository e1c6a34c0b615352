using System.Text;
using System.Text.Unicode;

namespace NocMonitor.LineProtocol;

/// <summary>Bad lines: what is wrong, where, and where reading goes on.</summary>
public ref partial struct LineReader
{
    /// <summary>Whether the line the reader stands at is good. A bad one has an <see cref="Error"/> and nothing else.</summary>
    public readonly bool IsGood => _fault == LineFault.None;

    /// <summary>What is wrong with a bad line. The text is made at each call; a caller that only counts need not ask.</summary>
    public readonly LineError Error
    {
        get
        {
            var before = _whole[_lineStart.._faultAt];
            var reason = LineReasons.Describe(_fault, _faultToken.In(_whole), _limits);
            return new LineError(_lineNumber + before.Count((byte)'\n'), before.Length - before.LastIndexOf((byte)'\n'), reason);
        }
    }

    /// <summary>The line the reader stands at as it is written, good or bad, without its line end.</summary>
    public readonly ReadOnlySpan<byte> RawLine => _whole[_lineStart.._lineEnd];

    private bool Fail(LineFault fault, int at, Range32 token = default)
    {
        _fault = fault;
        _faultAt = at;
        _faultToken = token;
        return false;
    }

    private bool CheckUtf8()
    {
        var line = _text[_lineStart.._position];
        return Utf8.IsValid(line) || Fail(LineFault.NotUtf8, _lineStart + ValidLength(line));
    }

    private static int ValidLength(ReadOnlySpan<byte> line)
    {
        var rest = line;
        while (Rune.DecodeFromUtf8(rest, out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            rest = rest[length..];
        }

        return line.Length - rest.Length;
    }

    /// <summary>
    /// Goes on behind the line feed that follows the fault. A string without its closing quote would swallow everything behind it; there
    /// reading goes on at the first line feed inside, so that a lost quote costs one line too.
    /// </summary>
    private void Recover()
    {
        var from = _fault == LineFault.NotUtf8 ? _position : _faultAt;
        var feed = _text[from..].IndexOf((byte)'\n');
        _lineEnd = feed < 0 ? _text.Length : from + feed;
        _position = Math.Min(_lineEnd + 1, _text.Length);
        _scratch.Line += 1 + _text[_lineStart.._lineEnd].Count((byte)'\n');
        if (_lineEnd - _lineStart > _limits.MaxLineBytes)
        {
            Fail(LineFault.TooLong, _lineStart);
        }
    }

    /// <summary>No whole line is left. What is there of the next may already be longer than a line may be.</summary>
    private bool EndOfText()
    {
        if (_isFinal)
        {
            _scratch.Reset();
            return false;
        }

        if (_whole.Length - _position <= _limits.MaxLineBytes)
        {
            return false;
        }

        _lineStart = _position;
        _lineNumber = _scratch.Line;
        _lineEnd = _position = _whole.Length;
        _scratch.Line += _whole[_lineStart..].Count((byte)'\n');
        _scratch.Skipping = true;
        Fail(LineFault.TooLong, _lineStart);
        return true;
    }

    private bool SkipRestOfLine()
    {
        var feed = _whole[_position..].IndexOf((byte)'\n');
        if (feed < 0)
        {
            _position = _whole.Length;
            if (_isFinal)
            {
                _scratch.Reset();
            }

            return false;
        }

        _position += feed + 1;
        _scratch.Line++;
        _scratch.Skipping = false;
        return true;
    }
}

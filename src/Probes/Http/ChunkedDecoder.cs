namespace NocMonitor.Probes.Http;

/// <summary>What a stretch of a chunked body is.</summary>
internal enum ChunkPart
{
    /// <summary>The input is used up.</summary>
    NeedMore,

    /// <summary>Bytes of the body.</summary>
    Data,

    /// <summary>The body and its trailers are over.</summary>
    End,

    /// <summary>Not the chunked coding.</summary>
    Invalid,
}

/// <summary>
/// The chunked transfer coding (RFC 9112, 7.1), taken apart as the bytes come, wherever they are cut. Chunk extensions and trailers are passed over, within a limit.
/// A mutable value: one body, one owner.
/// </summary>
internal struct ChunkedDecoder
{
    private const long LongestChunk = 1L << 40;
    private const int LongestOverhead = 16 * 1024;

    private State _state;
    private long _size;
    private int _digits;
    private int _overhead;
    private bool _lineHasText;

    private enum State
    {
        Size,
        Extension,
        Data,
        DataEnd,
        Trailer,
        End,
    }

    /// <summary>
    /// Takes the next stretch: <paramref name="consumed"/> bytes of the input are done with, the last <paramref name="data"/> of them belong to the body.
    /// </summary>
    public ChunkPart Next(ReadOnlySpan<byte> input, out int consumed, out int data)
    {
        data = 0;
        for (consumed = 0; consumed < input.Length && _state != State.End;)
        {
            if (_state == State.Data)
            {
                data = (int)Math.Min(_size, input.Length - consumed);
                consumed += data;
                _size -= data;
                _state = _size == 0 ? State.DataEnd : State.Data;
                return ChunkPart.Data;
            }

            if (!Step(input[consumed++]))
            {
                return ChunkPart.Invalid;
            }
        }

        return _state == State.End ? ChunkPart.End : ChunkPart.NeedMore;
    }

    private bool Step(byte letter) => _state switch
    {
        State.Size => SizeStep(letter),
        State.Extension => letter == '\n' ? EndOfSize() : Overhead(),
        State.DataEnd => DataEndStep(letter),
        _ => TrailerStep(letter),
    };

    private bool SizeStep(byte letter)
    {
        if (char.IsAsciiHexDigit((char)letter))
        {
            _digits++;
            _size = (_size << 4) | (uint)HexValue(letter);
            return _size <= LongestChunk && _digits <= 16;
        }

        _state = State.Extension;
        return _digits > 0 && (letter == '\n' ? EndOfSize() : letter is (byte)'\r' or (byte)';' or (byte)' ' or (byte)'\t');
    }

    private bool EndOfSize()
    {
        _digits = 0;
        _state = _size == 0 ? State.Trailer : State.Data;
        return true;
    }

    private bool DataEndStep(byte letter)
    {
        if (letter == '\n')
        {
            _state = State.Size;
        }

        return letter is (byte)'\r' or (byte)'\n';
    }

    private bool TrailerStep(byte letter)
    {
        if (letter == '\n')
        {
            _state = _lineHasText ? State.Trailer : State.End;
            _lineHasText = false;
        }
        else if (letter != '\r')
        {
            _lineHasText = true;
        }

        return Overhead();
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private bool Overhead() => ++_overhead <= LongestOverhead;
}

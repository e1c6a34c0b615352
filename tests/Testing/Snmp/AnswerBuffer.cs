namespace NocMonitor.Testing.Snmp;

/// <summary>Where an answer is put together: varbinds are appended, then what stands before them is written backwards. One thread at a time.</summary>
internal sealed class AnswerBuffer
{
    public const int LargestMessage = 65_507;
    private const int Headroom = 1024;

    private readonly byte[] _bytes = new byte[Headroom + LargestMessage + 4096];
    private int _start = Headroom;
    private int _end = Headroom;

    /// <summary>How many bytes of varbinds there are.</summary>
    public int Length => _end - Headroom;

    public int Varbinds { get; private set; }

    public Span<byte> Written => _bytes.AsSpan(_start, _end - _start);

    public void Clear()
    {
        (_start, _end) = (Headroom, Headroom);
        Varbinds = 0;
    }

    public void Append(ReadOnlySpan<byte> varbind)
    {
        varbind.CopyTo(_bytes.AsSpan(_end));
        _end += varbind.Length;
        Varbinds++;
    }

    public void WritePdu(byte type, int id, int status, int index)
    {
        WriteHeader(Ber.Sequence);
        WriteElement(Ber.Integer, Ber.Signed(index));
        WriteElement(Ber.Integer, Ber.Signed(status));
        WriteElement(Ber.Integer, Ber.Signed(id));
        WriteHeader(type);
    }

    public void WriteMessage(int version, ReadOnlySpan<byte> community)
    {
        WriteElement(Ber.OctetString, community);
        WriteElement(Ber.Integer, Ber.Signed(version));
        WriteHeader(Ber.Sequence);
    }

    public void Cut(int length) => _end = Math.Min(_end, _start + length);

    private void WriteElement(byte tag, ReadOnlySpan<byte> content)
    {
        var element = Ber.Element(tag, content);
        _start -= element.Length;
        element.CopyTo(_bytes.AsSpan(_start));
    }

    private void WriteHeader(byte tag)
    {
        var length = _end - _start;
        if (length >= 0x100)
        {
            _bytes[--_start] = (byte)length;
            _bytes[--_start] = (byte)(length >> 8);
            _bytes[--_start] = 0x82;
        }
        else
        {
            _bytes[--_start] = (byte)length;
            if (length >= 0x80)
            {
                _bytes[--_start] = 0x81;
            }
        }

        _bytes[--_start] = tag;
    }
}

using System.Buffers.Binary;

namespace NocMonitor.Probes.Snmp.Protocol;

/// <summary>
/// Writes BER from the end of a buffer towards its start, so that each length is known when its turn comes. Write the last element first. Once
/// something did not fit, nothing is written any more and <see cref="IsFull"/> says so.
/// </summary>
internal ref struct BerWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;

    /// <summary>Where the written part starts; it goes to the end of the buffer.</summary>
    public int Start { get; private set; } = buffer.Length;

    public bool IsFull { get; private set; }

    public readonly Span<byte> Written => _buffer[Start..];

    public void Bytes(scoped ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Start)
        {
            IsFull = true;
        }

        if (!IsFull)
        {
            Start -= bytes.Length;
            bytes.CopyTo(_buffer[Start..]);
        }
    }

    /// <summary>Appends zeros behind what was written, by moving it towards the start.</summary>
    public void Fill(int count)
    {
        if (count > Start)
        {
            IsFull = true;
        }

        if (!IsFull && count > 0)
        {
            var written = Written;
            Start -= count;
            written.CopyTo(_buffer[Start..]);
            _buffer[^count..].Clear();
        }
    }

    /// <summary>Tag and length of what was written since <paramref name="end"/>, the value of <see cref="Start"/> before it.</summary>
    public void Header(byte tag, int end)
    {
        Span<byte> header = stackalloc byte[6];
        header[0] = tag;
        var length = Ber.WriteLength(header[1..], end - Start);
        Bytes(header[..(length + 1)]);
    }

    public void Element(byte tag, scoped ReadOnlySpan<byte> content)
    {
        var end = Start;
        Bytes(content);
        Header(tag, end);
    }

    public void Integer(long value)
    {
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, value);
        Element(Ber.Integer, BerNumber.Shortest(number));
    }
}

using System.Buffers.Binary;

namespace NocMonitor.Collector.Ingest.RemoteWrite;

/// <summary>
/// Reads the fields of one protobuf message in the order they stand there, without a copy. What is no protobuf ends the reading and is told by
/// <see cref="IsBroken"/>. Groups, which were given up long ago, count as broken.
/// </summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _message = message;

    /// <summary>Where the next field begins.</summary>
    public int Position { readonly get; private set; }

    public int Field { readonly get; private set; }

    public WireType Wire { readonly get; private set; }

    /// <summary>The value of a varint or of a fixed number.</summary>
    public ulong Number { readonly get; private set; }

    /// <summary>The content of a field with a length: text or a message.</summary>
    public ReadOnlySpan<byte> Content { readonly get; private set; }

    public bool IsBroken { readonly get; private set; }

    /// <summary>Goes on to the next field. False at the end and where the message breaks off.</summary>
    public bool Read()
    {
        if (Position >= _message.Length || IsBroken)
        {
            return false;
        }

        IsBroken = !TryReadVarint(out var key) || !TryTakeKey(key) || !TryReadValue();
        return !IsBroken;
    }

    private bool TryTakeKey(ulong key)
    {
        Field = (int)(key >> 3);
        Wire = (WireType)(key & 7);
        return key is >= 8 and <= uint.MaxValue;
    }

    private bool TryReadValue()
    {
        switch (Wire)
        {
            case WireType.Varint:
                var whole = TryReadVarint(out var number);
                Number = number;
                return whole;
            case WireType.Fixed64:
                return TryTake(sizeof(ulong), out var eight) && TrySetNumber(BinaryPrimitives.ReadUInt64LittleEndian(eight));
            case WireType.Fixed32:
                return TryTake(sizeof(uint), out var four) && TrySetNumber(BinaryPrimitives.ReadUInt32LittleEndian(four));
            case WireType.Length:
                if (!TryReadVarint(out var length) || !TryTake(length, out var content))
                {
                    return false;
                }

                Content = content;
                return true;
            default:
                return false;
        }
    }

    private bool TrySetNumber(ulong number)
    {
        Number = number;
        return true;
    }

    private bool TryTake(ulong length, out ReadOnlySpan<byte> bytes)
    {
        if (length > (ulong)(_message.Length - Position))
        {
            bytes = default;
            return false;
        }

        bytes = _message.Slice(Position, (int)length);
        Position += (int)length;
        return true;
    }

    /// <summary>Ten bytes of seven bits at most; bits beyond the 64th are cut off, as every decoder does.</summary>
    private bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 70 && Position < _message.Length; shift += 7)
        {
            var next = _message[Position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}

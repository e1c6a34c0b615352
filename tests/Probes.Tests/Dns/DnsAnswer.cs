using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace NocMonitor.Probes.Tests.Dns;

/// <summary>Builds DNS answers by hand, the wrong ones too. The question of the query is copied; names may point to it (offset 12).</summary>
internal sealed class DnsAnswer
{
    private readonly byte[] _question;
    private readonly List<byte> _records = [];
    private ushort _id;
    private ushort _flags = 0x8180;
    private ushort _count;

    private DnsAnswer(ReadOnlySpan<byte> query)
    {
        _id = BinaryPrimitives.ReadUInt16BigEndian(query);
        _question = query[12..].ToArray();
    }

    /// <summary>Where the name of the question stands, as every server points to it.</summary>
    public static byte[] Asked => [0xC0, 12];

    public static DnsAnswer To(ReadOnlySpan<byte> query) => new(query);

    public static byte[] Name(string name) =>
        [.. name.Split('.').Where(label => label.Length > 0).SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0];

    public DnsAnswer Id(int plus)
    {
        _id = (ushort)(_id + plus);
        return this;
    }

    public DnsAnswer Flags(int flags)
    {
        _flags = (ushort)flags;
        return this;
    }

    public DnsAnswer Rcode(int rcode) => Flags((_flags & ~15) | rcode);

    public DnsAnswer Truncated() => Flags(_flags | 0x0200);

    public DnsAnswer Question(byte[] name, int type)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_question.AsSpan(_question.Length - 4), (ushort)type);
        return new DnsAnswer([.. new byte[12], .. name, .. _question[^4..]]) { _id = _id, _flags = _flags };
    }

    public DnsAnswer Address(string address, int ttl = 300) => Record(Asked, 1, ttl, IPAddress.Parse(address).GetAddressBytes());

    public DnsAnswer Record(byte[] owner, int type, int ttl, byte[] data, int? length = null, int @class = 1)
    {
        _records.AddRange([.. owner, .. U16(type), .. U16(@class), .. U32(ttl), .. U16(length ?? data.Length), .. data]);
        _count++;
        return this;
    }

    public byte[] Build(int? count = null) =>
        [.. U16(_id), .. U16(_flags), .. U16(1), .. U16(count ?? _count), 0, 0, 0, 0, .. _question, .. _records];

    public static byte[] U16(int value) => [(byte)(value >> 8), (byte)value];

    public static byte[] U32(long value) => [.. U16((int)(value >> 16)), .. U16((int)value)];
}

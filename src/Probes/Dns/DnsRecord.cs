using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace NocMonitor.Probes.Dns;

/// <summary>Where one resource record stands in its message (RFC 1035 section 4.1.3).</summary>
internal readonly record struct DnsRecord(int Owner, ushort Type, ushort Class, long Ttl, int Data, int Length)
{
    private const int FixedLength = 10;

    public static bool TryRead(ReadOnlySpan<byte> message, ref int position, out DnsRecord record)
    {
        var owner = position;
        record = default;
        if (!DnsName.TrySkip(message, ref position) || position + FixedLength > message.Length)
        {
            return false;
        }

        var header = message.Slice(position, FixedLength);
        var length = BinaryPrimitives.ReadUInt16BigEndian(header[8..]);
        // RFC 2181 section 8: a time to live with its highest bit set counts as zero.
        var ttl = Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(header[4..]));
        position += FixedLength;
        record = new DnsRecord(
            owner, BinaryPrimitives.ReadUInt16BigEndian(header), BinaryPrimitives.ReadUInt16BigEndian(header[2..]), ttl, position, length);
        position += length;
        return position <= message.Length;
    }

    public bool IsOwnedBy(ReadOnlySpan<byte> message, ReadOnlySpan<byte> name)
    {
        Span<byte> owner = stackalloc byte[DnsName.LongestWire];
        var position = Owner;
        return Class == DnsResponse.ClassIn && DnsName.TryRead(message, ref position, owner, out var length) && DnsName.AreSame(owner[..length], name);
    }

    /// <summary>The name that an alias stands for, in wire form.</summary>
    public bool TryReadTarget(ReadOnlySpan<byte> message, Span<byte> wire, out int length)
    {
        var position = Data;
        return DnsName.TryRead(message, ref position, wire, out length) && position == Data + Length;
    }

    /// <summary>The data as a zone file writes it; null when it is malformed.</summary>
    public string? ToText(ReadOnlySpan<byte> message)
    {
        var data = message.Slice(Data, Length);
        return (DnsRecordType)Type switch
        {
            DnsRecordType.A => data.Length == 4 ? new IPAddress(data).ToString() : null,
            DnsRecordType.AAAA => data.Length == 16 ? new IPAddress(data).ToString() : null,
            DnsRecordType.NS or DnsRecordType.CNAME or DnsRecordType.PTR => Names(message, before: 0, count: 1, after: 0),
            DnsRecordType.MX => Names(message, before: 1, count: 1, after: 0),
            DnsRecordType.SRV => Names(message, before: 3, count: 1, after: 0),
            DnsRecordType.SOA => Names(message, before: 0, count: 2, after: 5),
            DnsRecordType.TXT => Strings(data),
            _ => null,
        };
    }

    /// <summary>So many 16-bit numbers, names, 32-bit numbers, as the types with names in them are made of.</summary>
    private string? Names(ReadOnlySpan<byte> message, int before, int count, int after)
    {
        if (Length < (2 * before) + (4 * after))
        {
            return null;
        }

        var text = new StringBuilder();
        var position = Data;
        for (var i = 0; i < before; i++, position += 2)
        {
            text.Append(CultureInfo.InvariantCulture, $"{BinaryPrimitives.ReadUInt16BigEndian(message[position..])} ");
        }

        Span<byte> name = stackalloc byte[DnsName.LongestWire];
        for (var i = 0; i < count; i++)
        {
            if (!DnsName.TryRead(message, ref position, name, out var length))
            {
                return null;
            }

            text.Append(i > 0 ? " " : "").Append(DnsName.ToText(name[..length]));
        }

        if (position + (4 * after) != Data + Length)
        {
            return null;
        }

        for (var i = 0; i < after; i++, position += 4)
        {
            text.Append(CultureInfo.InvariantCulture, $" {BinaryPrimitives.ReadUInt32BigEndian(message[position..])}");
        }

        return text.ToString();
    }

    /// <summary>The character strings of a TXT record, joined as their readers join them (RFC 7208 section 3.3).</summary>
    private static string? Strings(ReadOnlySpan<byte> data)
    {
        var text = new StringBuilder();
        for (var at = 0; at < data.Length; at += 1 + data[at])
        {
            if (at + 1 + data[at] > data.Length)
            {
                return null;
            }

            DnsName.AppendText(text, data.Slice(at + 1, data[at]), "");
        }

        return text.ToString();
    }
}

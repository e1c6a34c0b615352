using System.Buffers.Binary;

namespace NocMonitor.Probes.Dns;

/// <summary>A server's answer to one question, as far as it concerns that question: the aliases followed, records of other names left out.</summary>
internal sealed record DnsResponse
{
    public const ushort ClassIn = 1;
    private const ushort IsResponse = 0x8000;
    private const ushort OpcodeMask = 0x7800;
    private const ushort IsTruncated = 0x0200;
    private const int MostRecords = 1000;
    private const int MostAliases = 16;

    public required DnsRcode Rcode { get; init; }

    /// <summary>True when the server says that not all fitted into a datagram; then no answers were read.</summary>
    public required bool Truncated { get; init; }

    /// <summary>Records of the type asked for, each as its text in a zone file.</summary>
    public required IReadOnlyList<string> Answers { get; init; }

    /// <summary>The lowest time to live among the answers, seconds; null without answers.</summary>
    public required long? Ttl { get; init; }

    /// <summary>Reads a message that may be anything.</summary>
    /// <param name="fault">Why it is no answer to this question; empty when it is one.</param>
    public static DnsResponse? Read(ReadOnlySpan<byte> message, DnsQuestion question, ushort id, out string fault)
    {
        fault = CheckHeader(message, id);
        if (fault.Length > 0)
        {
            return null;
        }

        var flags = BinaryPrimitives.ReadUInt16BigEndian(message[2..]);
        var response = new DnsResponse { Rcode = (DnsRcode)(flags & 15), Truncated = (flags & IsTruncated) != 0, Answers = [], Ttl = null };
        var position = DnsQuestion.HeaderLength;
        var questions = BinaryPrimitives.ReadUInt16BigEndian(message[4..]);
        if (questions == 0 && response.Rcode != DnsRcode.NoError)
        {
            // A server that could not even read the question may leave it out.
            return response;
        }

        if (questions != 1 || !TakeQuestion(message, question, ref position))
        {
            fault = "it answers another question";
            return null;
        }

        if (response.Truncated || response.Rcode != DnsRcode.NoError)
        {
            return response;
        }

        var records = ReadRecords(message, position);
        fault = records is null ? "its records are malformed" : "";
        return records is null ? null : Answer(response, message, question, records, out fault);
    }

    private static string CheckHeader(ReadOnlySpan<byte> message, ushort id)
    {
        if (message.Length < DnsQuestion.HeaderLength)
        {
            return "it is shorter than a DNS header";
        }

        var flags = BinaryPrimitives.ReadUInt16BigEndian(message[2..]);
        return BinaryPrimitives.ReadUInt16BigEndian(message) != id ? "it has another id"
            : (flags & IsResponse) == 0 ? "it is a query, not an answer"
            : (flags & OpcodeMask) != 0 ? "it is not about a query"
            : "";
    }

    private static bool TakeQuestion(ReadOnlySpan<byte> message, DnsQuestion question, ref int position)
    {
        Span<byte> name = stackalloc byte[DnsName.LongestWire];
        if (!DnsName.TryRead(message, ref position, name, out var length)
            || !DnsName.AreSame(name[..length], question.Name)
            || position + 4 > message.Length
            || BinaryPrimitives.ReadUInt16BigEndian(message[position..]) != (ushort)question.Type
            || BinaryPrimitives.ReadUInt16BigEndian(message[(position + 2)..]) != ClassIn)
        {
            return false;
        }

        position += 4;
        return true;
    }

    /// <summary>The records of the answer section; null when they run over the end or are more than anyone sends.</summary>
    private static List<DnsRecord>? ReadRecords(ReadOnlySpan<byte> message, int position)
    {
        int count = BinaryPrimitives.ReadUInt16BigEndian(message[6..]);
        if (count > MostRecords)
        {
            return null;
        }

        var records = new List<DnsRecord>(Math.Min(count, 16));
        for (var i = 0; i < count; i++)
        {
            if (!DnsRecord.TryRead(message, ref position, out var record))
            {
                return null;
            }

            records.Add(record);
        }

        return records;
    }

    private static DnsResponse? Answer(DnsResponse response, ReadOnlySpan<byte> message, DnsQuestion question, List<DnsRecord> records, out string fault)
    {
        Span<byte> owner = stackalloc byte[DnsName.LongestWire];
        question.Name.CopyTo(owner);
        var length = question.Name.Length;
        var answers = new List<string>();
        var ttl = long.MaxValue;
        fault = "its records are malformed";
        for (var hop = 0; hop <= MostAliases; hop++)
        {
            var alias = -1;
            for (var i = 0; i < records.Count; i++)
            {
                if (!records[i].IsOwnedBy(message, owner[..length]))
                {
                    continue;
                }

                if (records[i].Type == (ushort)question.Type)
                {
                    if (records[i].ToText(message) is not { } text)
                    {
                        return null;
                    }

                    answers.Add(text);
                    ttl = Math.Min(ttl, records[i].Ttl);
                }
                else if (records[i].Type == (ushort)DnsRecordType.CNAME)
                {
                    alias = i;
                }
            }

            if (answers.Count > 0 || alias < 0)
            {
                fault = "";
                return response with { Answers = answers, Ttl = answers.Count > 0 ? ttl : null };
            }

            if (!records[alias].TryReadTarget(message, owner, out length))
            {
                return null;
            }
        }

        fault = $"its aliases go on for more than {MostAliases} steps";
        return null;
    }
}

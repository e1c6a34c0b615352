using System.Buffers.Binary;
using NocMonitor.Probes.Dns;

namespace NocMonitor.Fuzz;

/// <summary>
/// DNS answers: the input as a whole message, and as the records behind a header and a question that fit. What is read is either an
/// answer or a fault, never both and never more than a message holds.
/// </summary>
internal static class DnsTarget
{
    private const ushort Id = 0x4242;
    private static readonly DnsRecordType[] Types = Enum.GetValues<DnsRecordType>();

    public static void Run(ReadOnlySpan<byte> input)
    {
        var selector = input.Length > 0 ? input[0] : (byte)0;
        DnsQuestion.TryParse("www.example", Types[selector % Types.Length], out var question);
        if (input.Length >= 2)
        {
            Check(input, question, BinaryPrimitives.ReadUInt16BigEndian(input));
        }

        var message = new byte[question.QueryLength + input.Length];
        question.WriteQuery(message, Id, recursive: true);
        message[2] |= 0x80;
        message[7] = (byte)(1 + (selector % 4));
        input.CopyTo(message.AsSpan(question.QueryLength));
        Check(message, question, Id);
    }

    private static void Check(ReadOnlySpan<byte> message, DnsQuestion question, ushort id)
    {
        var response = DnsResponse.Read(message, question, id, out var fault);
        if (response is null == (fault.Length == 0))
        {
            throw new InvalidOperationException($"an answer and a fault, or neither: {fault}");
        }

        // A byte of a record becomes four characters at most, and a name can stand for 255 bytes.
        var longest = 4 * (message.Length + 600);
        if (response is not null && response.Answers.Any(answer => answer.Length > longest))
        {
            throw new InvalidOperationException("an answer is longer than its message can make it");
        }
    }
}

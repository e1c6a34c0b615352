using System.Formats.Asn1;

namespace NocMonitor.Probes.Tls;

/// <summary>
/// Asks a server to go over to TLS in its own protocol. Gives null when it agrees, else what it said. What it says beyond its consent is refused, because
/// that would be taken for TLS or, worse, for part of the secured session.
/// </summary>
internal static class StartTls
{
    private const string StartTlsOid = "1.3.6.1.4.1.1466.20037";
    private const string Unasked = "the server went on talking behind its consent to STARTTLS";
    private const int LongestQuotation = 80;
    private const int LongestLdapAnswer = 4096;

    /// <summary>PostgreSQL's SSLRequest: length 8, code 80877103.</summary>
    private static readonly byte[] PostgresRequest = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];

    public static ValueTask<string?> RunAsync(TlsService service, Stream stream, CancellationToken token) => service switch
    {
        TlsService.Smtp => SmtpAsync(new TextDialogue(stream), token),
        TlsService.Imap => ImapAsync(new TextDialogue(stream), token),
        TlsService.Ldap => LdapAsync(stream, token),
        TlsService.Postgres => PostgresAsync(stream, token),
        _ => new ValueTask<string?>((string?)null),
    };

    private static async ValueTask<string?> SmtpAsync(TextDialogue dialogue, CancellationToken token)
    {
        if (await SmtpAnswerAsync(dialogue, "220", token) is { } noGreeting)
        {
            return $"greeting: {noGreeting}";
        }

        await dialogue.SayAsync("EHLO [127.0.0.1]", token);
        if (await SmtpAnswerAsync(dialogue, "250", token) is { } noHello)
        {
            return $"EHLO: {noHello}";
        }

        await dialogue.SayAsync("STARTTLS", token);
        return await SmtpAnswerAsync(dialogue, "220", token) is { } refused ? $"STARTTLS: {refused}" : dialogue.HasRest ? Unasked : null;
    }

    /// <summary>Reads an answer of one or more lines. Null when it has the expected code.</summary>
    private static async ValueTask<string?> SmtpAnswerAsync(TextDialogue dialogue, string code, CancellationToken token)
    {
        while (await dialogue.HearAsync(token) is { } line)
        {
            if (!line.StartsWith(code, StringComparison.Ordinal))
            {
                return $"the server says {Quote(line)}";
            }

            if (line is not [_, _, _, '-', ..])
            {
                return null;
            }
        }

        return "the server gives no answer that ends";
    }

    private static async ValueTask<string?> ImapAsync(TextDialogue dialogue, CancellationToken token)
    {
        if (await dialogue.HearAsync(token) is not { } greeting || !greeting.StartsWith("* OK", StringComparison.OrdinalIgnoreCase))
        {
            return "greeting: the server does not say OK";
        }

        await dialogue.SayAsync("a1 STARTTLS", token);
        while (await dialogue.HearAsync(token) is { } line)
        {
            if (line.StartsWith("a1 ", StringComparison.OrdinalIgnoreCase))
            {
                return !line.StartsWith("a1 OK", StringComparison.OrdinalIgnoreCase) ? $"STARTTLS: the server says {Quote(line)}"
                    : dialogue.HasRest ? Unasked : null;
            }
        }

        return "STARTTLS: the server gives no answer that ends";
    }

    private static async ValueTask<string?> PostgresAsync(Stream stream, CancellationToken token)
    {
        await stream.WriteAsync(PostgresRequest, token);
        var answer = new byte[2];
        var read = await stream.ReadAsync(answer, token);
        return read switch
        {
            1 when answer[0] == 'S' => null,
            2 when answer[0] == 'S' => Unasked,
            > 0 when answer[0] == 'N' => "the server does not offer TLS",
            _ => "the server is not PostgreSQL",
        };
    }

    private static async ValueTask<string?> LdapAsync(Stream stream, CancellationToken token)
    {
        await stream.WriteAsync(LdapRequest(), token);
        var answer = new byte[LongestLdapAnswer];
        for (var length = 0; length < answer.Length;)
        {
            var read = await stream.ReadAsync(answer.AsMemory(length), token);
            if (read == 0)
            {
                break;
            }

            length += read;

            // RFC 4511, 5.1: a message is a sequence of definite length.
            if (answer[0] != 0x30 || (length > 1 && answer[1] == 0x80))
            {
                break;
            }

            if (AsnDecoder.TryReadEncodedValue(answer.AsSpan(0, length), AsnEncodingRules.BER, out _, out _, out _, out var consumed))
            {
                return consumed < length ? Unasked : LdapResult(answer.AsMemory(0, length));
            }
        }

        return "the server is not LDAP";
    }

    private static byte[] LdapRequest()
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            using (writer.PushSequence(new Asn1Tag(TagClass.Application, 23)))
            {
                writer.WriteOctetString(System.Text.Encoding.ASCII.GetBytes(StartTlsOid), new Asn1Tag(TagClass.ContextSpecific, 0));
            }
        }

        return writer.Encode();
    }

    private static string? LdapResult(ReadOnlyMemory<byte> answer)
    {
        try
        {
            var message = new AsnReader(answer, AsnEncodingRules.BER).ReadSequence();
            message.ReadInteger();
            var code = message.ReadSequence(new Asn1Tag(TagClass.Application, 24)).ReadEnumeratedBytes().Span;
            return code is [0] ? null : $"StartTLS: the server refuses with result {(code.Length == 1 ? code[0] : -1)}";
        }
        catch (AsnContentException)
        {
            return "the server is not LDAP";
        }
    }

    private static string Quote(string line) =>
        $"'{string.Concat(line.Take(LongestQuotation).Select(letter => char.IsControl(letter) || letter > '~' ? '?' : letter))}'";
}

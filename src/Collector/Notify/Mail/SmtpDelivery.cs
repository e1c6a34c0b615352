using System.Security.Authentication;
using System.Text;

namespace NocMonitor.Collector.Notify.Mail;

/// <summary>
/// Delivers one mail over a fresh connection: greeting, EHLO, TLS, login, envelope, text (RFC 5321, 3207, 4954). A mail server may refuse single
/// recipients; the others get the mail.
/// </summary>
internal sealed class SmtpDelivery(MailOptions options, string heloName, TimeProvider time)
{
    /// <returns>The recipients that the server took, and those it put off or refused, each with its answer.</returns>
    /// <exception cref="SmtpException">The server refused the mail as a whole.</exception>
    public async Task<SmtpReceipt> SendAsync(IReadOnlyCollection<string> recipients, ReadOnlyMemory<byte> text, CancellationToken token)
    {
        await using var connection = await SmtpConnection.ConnectAsync(options.Host, options.Port, options.AnswerTimeout, time, token);
        var offers = await GreetAsync(connection, token);
        if (options.User is not null)
        {
            await LogInAsync(connection, offers, token);
        }

        await ExpectAsync(connection, "MAIL", $"MAIL FROM:<{options.From}>", token);
        var receipt = new SmtpReceipt();
        foreach (var recipient in recipients)
        {
            receipt.Add(recipient, await connection.CommandAsync($"RCPT TO:<{recipient}>", token));
        }

        if (receipt.Accepted.Count > 0)
        {
            await ExpectAsync(connection, "DATA", "DATA", token);
            await connection.WriteAsync(DotStuffed(text.Span), token);
            Require("DATA", await connection.ReadReplyAsync(token));
        }

        await QuitAsync(connection, token);
        return receipt;
    }

    private async Task<SmtpReply> GreetAsync(SmtpConnection connection, CancellationToken token)
    {
        if (options.Security == MailSecurity.Tls)
        {
            await StartTlsAsync(connection, token);
        }

        Require("greeting", await connection.ReadReplyAsync(token));
        var offers = await ExpectAsync(connection, "EHLO", $"EHLO {heloName}", token);
        if (options.Security != MailSecurity.StartTls)
        {
            return offers;
        }

        if (!Offers(offers, "STARTTLS"))
        {
            throw new SmtpException("the server does not offer STARTTLS");
        }

        await ExpectAsync(connection, "STARTTLS", "STARTTLS", token);
        await StartTlsAsync(connection, token);
        return await ExpectAsync(connection, "EHLO", $"EHLO {heloName}", token);
    }

    private async Task StartTlsAsync(SmtpConnection connection, CancellationToken token)
    {
        try
        {
            await connection.StartTlsAsync(options.Host, options.CaFile, token);
        }
        catch (AuthenticationException exception)
        {
            throw new SmtpException(CertificateTrust.InWords(exception));
        }
    }

    private async Task LogInAsync(SmtpConnection connection, SmtpReply offers, CancellationToken token)
    {
        var password = options.Password!.Reveal();
        if (Offers(offers, "AUTH", "PLAIN"))
        {
            await ExpectAsync(connection, "AUTH", $"AUTH PLAIN {Base64($"\0{options.User}\0{password}")}", token);
        }
        else if (Offers(offers, "AUTH", "LOGIN"))
        {
            await ExpectAsync(connection, "AUTH", "AUTH LOGIN", token);
            await ExpectAsync(connection, "AUTH", Base64(options.User!), token);
            await ExpectAsync(connection, "AUTH", Base64(password), token);
        }
        else
        {
            throw new SmtpException("the server offers neither AUTH PLAIN nor AUTH LOGIN");
        }
    }

    /// <summary>The mail is delivered already; a server that hangs up early changes nothing.</summary>
    private static async Task QuitAsync(SmtpConnection connection, CancellationToken token)
    {
        try
        {
            await connection.CommandAsync("QUIT", token);
        }
        catch (Exception exception) when (exception is SmtpException or IOException)
        {
            return;
        }
    }

    private static bool Offers(SmtpReply reply, string keyword, string? parameter = null) =>
        reply.Lines.Select(line => line.Split([' ', '='], StringSplitOptions.RemoveEmptyEntries))
            .Any(words => words.Length > 0 && words[0].Equals(keyword, StringComparison.OrdinalIgnoreCase)
                && (parameter is null || words.Contains(parameter, StringComparer.OrdinalIgnoreCase)));

    private static async Task<SmtpReply> ExpectAsync(SmtpConnection connection, string step, string command, CancellationToken token) =>
        Require(step, await connection.CommandAsync(command, token));

    private static SmtpReply Require(string step, SmtpReply reply) => reply.IsPositive ? reply : throw new SmtpException(step, reply);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>A line that begins with a dot gets a second one, and a line with a dot alone ends the text (RFC 5321, 4.5.2).</summary>
    private static byte[] DotStuffed(ReadOnlySpan<byte> text)
    {
        var output = new MemoryStream(text.Length + 64);
        var lineStart = true;
        foreach (var next in text)
        {
            if (lineStart && next == '.')
            {
                output.WriteByte((byte)'.');
            }

            output.WriteByte(next);
            lineStart = next == '\n';
        }

        output.Write(lineStart ? ".\r\n"u8 : "\r\n.\r\n"u8);
        return output.ToArray();
    }
}

using System.Net;
using System.Net.Mail;
using NocMonitor.Configuration;

namespace NocMonitor.Collector.Notify.Mail;

/// <summary>How the connection to the mail server is protected.</summary>
internal enum MailSecurity
{
    /// <summary>Plain text; for a server on this machine or a trusted network.</summary>
    None,

    /// <summary>Plain text that turns into TLS before anything is said. A server that does not offer it is an error, never a fall-back.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,
}

/// <summary>Options of a receiver of type <c>mail</c>.</summary>
internal sealed record MailOptions
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    public required MailSecurity Security { get; init; }

    /// <summary>A PEM file with the authorities to trust instead of the system's.</summary>
    public required string? CaFile { get; init; }

    public required string? User { get; init; }

    public required Secret? Password { get; init; }

    /// <summary>The sender's address, which bounces go to.</summary>
    public required string From { get; init; }

    /// <summary>The recipients' addresses.</summary>
    public required IReadOnlyList<string> To { get; init; }

    /// <summary>The longest wait for one answer of the server.</summary>
    public required TimeSpan AnswerTimeout { get; init; }

    public static MailOptions Read(OptionReader reader)
    {
        var options = new MailOptions
        {
            Host = reader.RequiredText("Host", "The mail server's name or address."),
            Port = reader.Integer("Port", 587, 1, 65535, "The mail server's port: usually 587 with StartTls, 465 with Tls, 25 with None."),
            Security = reader.Choice("Security", MailSecurity.StartTls,
                "How the connection is protected: StartTls and Tls verify the server's certificate, None is plain text."),
            CaFile = reader.OptionalText("CaFile", "A PEM file with the authorities to trust instead of the system's."),
            User = reader.OptionalText("User", "The name to log in with; without it nobody logs in."),
            Password = reader.Secret("Password", "The password to log in with."),
            From = reader.RequiredText("From", "The sender's address, which bounces go to."),
            To = reader.Texts("To", [], "The recipients' addresses."),
            AnswerTimeout = reader.Duration("AnswerTimeout", TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5),
                "The longest wait for one answer of the server."),
        };
        if (!reader.Describing)
        {
            options.Check(reader);
        }

        return options;
    }

    private void Check(OptionReader reader)
    {
        if (From.Length > 0 && !IsAddress(From))
        {
            reader.Fail("From", $"'{From}' is not a mail address in ASCII");
        }

        if (To.Count == 0)
        {
            reader.Fail("To", "at least one recipient is needed");
        }

        foreach (var address in To.Where(address => !IsAddress(address)))
        {
            reader.Fail("To", $"'{address}' is not a mail address in ASCII");
        }

        if (User is not null && Security == MailSecurity.None && !IsLoopback)
        {
            reader.Fail("User", "a password is never sent over plain text to another machine; set Security");
        }

        if (User is not null != Password is not null)
        {
            reader.Fail("User", "User and Password belong together");
        }

        if (CaFile is not null && !CertificateTrust.TryLoad(CaFile, out _, out var reason))
        {
            reader.Fail("CaFile", reason);
        }
    }

    private bool IsLoopback => Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(Host, out var ip) && IPAddress.IsLoopback(ip));

    /// <summary>Bare and in ASCII: a space, an angle bracket or a line end in it could say another command.</summary>
    private static bool IsAddress(string text) =>
        MailAddress.TryCreate(text, out var address) && address.Address == text && text.All(letter => letter is > ' ' and <= '~' and not '<' and not '>');
}

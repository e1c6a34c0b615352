namespace NocMonitor.Collector.Notify.Mail;

/// <summary>One answer of a mail server (RFC 5321, 4.2): the code and the text of its lines.</summary>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    public bool IsPositive => Code is >= 200 and < 400;

    public bool IsPermanent => Code is >= 500 and < 600;

    public override string ToString() => $"{Code} {string.Join(' ', Lines)}".TrimEnd();
}

namespace NocMonitor.Collector.Notify.Mail;

/// <summary>The server refused a step, or did not speak SMTP. The message names the step and holds no secret.</summary>
internal sealed class SmtpException : Exception
{
    public SmtpException(string step, SmtpReply reply)
        : base($"{step}: {reply}")
    {
        IsPermanent = reply.IsPermanent;
    }

    public SmtpException(string message, bool permanent = false)
        : base(message)
    {
        IsPermanent = permanent;
    }

    /// <summary>The server answered 5yz: the same mail will be refused again.</summary>
    public bool IsPermanent { get; }
}

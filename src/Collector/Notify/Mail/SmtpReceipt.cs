namespace NocMonitor.Collector.Notify.Mail;

/// <summary>What became of each recipient of a mail.</summary>
internal sealed class SmtpReceipt
{
    public List<string> Accepted { get; } = [];

    /// <summary>Answers that may change, such as greylisting.</summary>
    public List<string> PutOff { get; } = [];

    public List<string> Refused { get; } = [];

    public void Add(string recipient, SmtpReply reply)
    {
        if (reply.IsPositive)
        {
            Accepted.Add(recipient);
        }
        else
        {
            (reply.IsPermanent ? Refused : PutOff).Add($"{recipient}: {reply}");
        }
    }
}

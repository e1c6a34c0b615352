using System.Net.Sockets;

namespace NocMonitor.Collector.Notify.Mail;

/// <summary>
/// Sends notifications by SMTP. Where a server takes a mail for some recipients and puts others off, the next try goes to those others only;
/// which ones is remembered for the tries of this process. Owned by its receiver's queue, one send at a time.
/// </summary>
internal sealed class MailNotifier(MailOptions options, TimeProvider time) : INotifier
{
    private const int MailsRemembered = 100;

    private readonly SmtpDelivery _delivery = new(options, HeloName(), time);
    private readonly Queue<(string Key, HashSet<string> Done)> _partly = new();

    public async ValueTask<SendResult> SendAsync(Notification notification, CancellationToken token)
    {
        var done = _partly.FirstOrDefault(mail => mail.Key == notification.IdempotencyKey).Done;
        var recipients = options.To.Where(recipient => done?.Contains(recipient) != true).ToArray();
        try
        {
            var receipt = await _delivery.SendAsync(recipients, Compose(notification).ToBytes(), token);
            return Judge(receipt, notification.IdempotencyKey, done);
        }
        catch (SmtpException exception)
        {
            return exception.IsPermanent ? SendResult.Permanent(exception.Message) : SendResult.Temporary(exception.Message);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            return SendResult.Temporary($"{options.Host}:{options.Port}: {exception.Message}");
        }
    }

    public void Dispose() => _partly.Clear();

    private SendResult Judge(SmtpReceipt receipt, string key, HashSet<string>? done)
    {
        if (receipt.PutOff.Count > 0)
        {
            Remember(key, done, receipt.Accepted);
            return SendResult.Temporary(string.Join("; ", receipt.PutOff));
        }

        return receipt.Accepted.Count > 0 || done is { Count: > 0 }
            ? SendResult.Delivered with { Reason = string.Join("; ", receipt.Refused) }
            : SendResult.Permanent(string.Join("; ", receipt.Refused));
    }

    private void Remember(string key, HashSet<string>? done, List<string> accepted)
    {
        if (done is null)
        {
            done = new HashSet<string>(StringComparer.Ordinal);
            _partly.Enqueue((key, done));
        }

        done.UnionWith(accepted);
        while (_partly.Count > MailsRemembered)
        {
            _partly.Dequeue();
        }
    }

    private MailText Compose(Notification notification)
    {
        var domain = options.From[(options.From.LastIndexOf('@') + 1)..];
        return new MailText
        {
            From = options.From,
            To = options.To,
            Subject = MailBody.Subject(notification),
            Date = time.GetUtcNow(),
            MessageId = $"{notification.IdempotencyKey}@{domain}",
            ThreadId = notification.Alerts is [var alert] ? $"nocmonitor-alert-{alert.AlertId}@{domain}" : "",
            Plain = MailBody.Plain(notification),
            Html = MailBody.Html(notification),
        };
    }

    /// <summary>A name that a mail server takes: letters, digits, dots and dashes, else an address literal.</summary>
    private static string HeloName() =>
        Environment.MachineName.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-') ? Environment.MachineName : "[127.0.0.1]";
}

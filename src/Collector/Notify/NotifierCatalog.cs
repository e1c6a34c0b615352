using NocMonitor.Collector.Notify.Mail;
using NocMonitor.Collector.Notify.Webhook;

namespace NocMonitor.Collector.Notify;

/// <summary>The one list of receiver types. A new one is a folder beside this file and a line here.</summary>
internal static class NotifierCatalog
{
    public static IReadOnlyList<NotifierType> All { get; } =
    [
        NotifierType.Of("webhook", "Posts Alertmanager's webhook payload, version 4.", WebhookOptions.Read, (options, time) => new WebhookNotifier(options, time)),
        NotifierType.Of("mail", "Sends mail by SMTP, as plain text and HTML.", MailOptions.Read, (options, time) => new MailNotifier(options, time)),
    ];

    public static NotifierType? Find(string name) =>
        All.FirstOrDefault(type => string.Equals(type.Name, name, StringComparison.OrdinalIgnoreCase));
}

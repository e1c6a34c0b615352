using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NocMonitor.Collector.Notify.Outbox;

/// <summary>
/// The idempotency key of a notification: alert, transition and receiver, the same for each try. Many transitions told at once give the hash of
/// their keys; a group that forms anew after a restart with other members has another key, and each of its alerts still its own fingerprint.
/// </summary>
internal static class NotificationKey
{
    public static string Of(string receiver, IReadOnlyList<NotifiedAlert> alerts)
    {
        if (alerts is [var alert])
        {
            return Single(receiver, alert);
        }

        var all = string.Join('\n', alerts.OrderBy(member => member.TransitionId).Select(member => Single(receiver, member)));
        return $"group-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)).AsSpan(0, 16))}";
    }

    private static string Single(string receiver, NotifiedAlert alert) =>
        string.Create(CultureInfo.InvariantCulture, $"alert-{alert.AlertId}-{alert.TransitionId}-{receiver}");
}

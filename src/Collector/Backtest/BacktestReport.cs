using System.Text.Json.Serialization;
using NocMonitor.Collector.Hosting;

namespace NocMonitor.Collector.Backtest;

/// <param name="Rule">The rule's name.</param>
/// <param name="From">Where the replay begins; default: 30 days before the end.</param>
/// <param name="To">Where it ends; default: now.</param>
/// <param name="File">The changed rules as the text of a rule file; null to see the rule as it is. An entry with a Measurement stands for the whole rule, one without for what is
/// different in it.</param>
/// <param name="FileName">What errors call that file.</param>
/// <param name="Limit">At most so many alerts of each version in the answer.</param>
internal sealed record BacktestRequest(string Rule, DateTimeOffset? From = null, DateTimeOffset? To = null, string? File = null, string? FileName = null, int Limit = 200);

/// <param name="Series">Series that the rule applies to in any version.</param>
/// <param name="Samples">Samples that were replayed, parents included.</param>
/// <param name="TakenSeconds">How long it took.</param>
/// <param name="Notes">What was not taken into account, and what was not there: samples, fields.</param>
/// <param name="Changed">Null when nothing was changed.</param>
internal sealed record BacktestReport(
    string Rule, DateTimeOffset From, DateTimeOffset To, int Series, long Samples, double TakenSeconds, IReadOnlyList<string> Notes, BacktestVersion Current,
    BacktestVersion? Changed, BacktestDifference? Difference);

/// <param name="Alerts">Alerts raised.</param>
/// <param name="CriticalAlerts">Those of them that became critical.</param>
/// <param name="Pages">Notifications "firing" that each receiver of the route gets.</param>
/// <param name="SuppressedAlerts">Alerts that a parent kept from paging at all.</param>
/// <param name="FlappingAlerts">Alerts that flapped.</param>
/// <param name="FiringSeconds">All alerts' times together.</param>
/// <param name="MedianSeconds">Half of the alerts were shorter.</param>
/// <param name="Hosts">Hosts with at least one alert, those with the most pages first.</param>
/// <param name="List">The newest alerts, at most as many as asked for.</param>
internal sealed record BacktestVersion(
    int Alerts, int CriticalAlerts, int Pages, int SuppressedAlerts, int FlappingAlerts, double FiringSeconds, double MedianSeconds,
    IReadOnlyList<BacktestHost> Hosts, IReadOnlyList<BacktestAlert> List);

internal sealed record BacktestHost(string Host, int Alerts, int Pages);

/// <param name="End">Null for one that still fires at the end.</param>
internal sealed record BacktestAlert(
    string Series, string Host, string Severity, DateTimeOffset Start, DateTimeOffset? End, double Seconds, int Pages, bool Flapped, bool Stale);

/// <param name="OnlyCurrent">Alerts that the change makes go away: no alert of the same series that overlaps them stands for them; each stands for one at most.</param>
/// <param name="OnlyChanged">Alerts that the change brings.</param>
/// <param name="Pages">More pages than before; negative for fewer.</param>
internal sealed record BacktestDifference(int Pages, int Alerts, int OnlyCurrentCount, int OnlyChangedCount, IReadOnlyList<BacktestAlert> OnlyCurrent, IReadOnlyList<BacktestAlert> OnlyChanged);

[JsonSerializable(typeof(BacktestRequest))]
[JsonSerializable(typeof(BacktestReport))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class BacktestJson : JsonSerializerContext
{
    public static BacktestJson Plain { get; } = new(PlainJson.Options());
}

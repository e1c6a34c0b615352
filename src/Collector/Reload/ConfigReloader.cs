using NocMonitor.Collector.Forward;
using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Notify;
using NocMonitor.Collector.Notify.Outbox;
using NocMonitor.Collector.Rules.Definition;
using NocMonitor.Collector.Rules.Evaluation;
using NocMonitor.Configuration;

namespace NocMonitor.Collector.Reload;

/// <summary>
/// Takes up a changed configuration: everything is read and built first, then rules, routes, receivers and certificate are exchanged. With any error
/// nothing changes, and the log has all of them. One caller at a time.
/// </summary>
internal sealed partial class ConfigReloader(
    CollectorConfiguration source, CollectorOptions inForce, RuleEngine rules, AlertRouter router, NotificationDispatcher dispatcher,
    ForwarderSet forwarders, ServerCertificates certificates, ReloadMetrics metrics, ILogger<ConfigReloader> log)
{
    private volatile CollectorOptions _inForce = inForce;

    /// <summary>The options in force.</summary>
    public CollectorOptions InForce => _inForce;

    /// <returns>Whether the new configuration is in force.</returns>
    public async Task<bool> ReloadAsync(CancellationToken token)
    {
        var errors = new List<ConfigError>();
        var options = source.Read(errors);
        var set = RuleSetLoader.Load(options.Rules, errors);
        var trouble = errors.Count == 0 ? certificates.Replace(options.Tls) : null;
        if (errors.Count > 0 || set is null || trouble is not null)
        {
            metrics.Count(succeeded: false);
            LogRefused(string.Join(Environment.NewLine, errors.Select(error => error.ToString()).Append(trouble).OfType<string>()));
            return false;
        }

        await rules.ReloadAsync(set, token);
        router.Replace(options.Notify.ToRouteTable());
        dispatcher.Replace(options.Notify);
        await forwarders.ReplaceAsync(options.Forwarders);
        metrics.Count(succeeded: true);
        LogTaken(set.All.Count(), options.Notify.Receivers.Count, options.Notify.Routes.Count);
        NoteRest(options);
        _inForce = options;
        return true;
    }

    /// <summary>What is built into the running host is not exchanged; silence about it would look as if it were.</summary>
    private void NoteRest(CollectorOptions options)
    {
        if (RestartOptions.Changed(options, _inForce) is { Length: > 0 } changed)
        {
            LogNeedsRestart(changed);
        }
    }

    [LoggerMessage(5201, LogLevel.Error, "The changed configuration is wrong, the old one stays in force:\n{Errors}")]
    private partial void LogRefused(string errors);

    [LoggerMessage(5202, LogLevel.Information, "The changed configuration is in force: {Rules} rules, {Receivers} receivers, {Routes} routes")]
    private partial void LogTaken(int rules, int receivers, int routes);

    [LoggerMessage(5203, LogLevel.Warning, "Changed, and taken up at the next start only: {Options}")]
    private partial void LogNeedsRestart(string options);
}

using NocMonitor.Collector.Rules.Evaluation;

namespace NocMonitor.Collector.Hosts;

/// <summary>What taking a host out of the watch did.</summary>
/// <param name="Alerts">Alerts that were open and are resolved.</param>
/// <param name="Series">Series that are not waited for any more.</param>
internal readonly record struct Forgotten(int Alerts, int Series);

/// <summary>
/// Takes a host out of the watch that will not come back: off the board, its alerts resolved, its series not waited for. Its samples stay in the store as long as
/// all others. Safe for concurrent use.
/// </summary>
internal sealed partial class HostRemoval(HostBoard board, ForgottenHosts forgotten, RuleEngine rules, TimeProvider time, ILogger<HostRemoval> log)
{
    /// <returns>Null when there is no such host.</returns>
    public async Task<Forgotten?> ForgetAsync(string name, string who, CancellationToken token)
    {
        if (board.Find(name) is null)
        {
            return null;
        }

        // Noted first: should the process end in between, the next start knows what was meant.
        await forgotten.AddAsync(name, who, time.GetUtcNow(), token);
        board.Forget(name);
        var outcome = await rules.ForgetHostAsync(name);
        LogForgotten(name, who, outcome.Alerts, outcome.Series);
        return outcome;
    }

    [LoggerMessage(5011, LogLevel.Information, "{Host} was taken out of the watch by {Who}: {Alerts} alerts resolved, {Series} series forgotten")]
    private partial void LogForgotten(string host, string who, int alerts, int series);
}

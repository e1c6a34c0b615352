using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Rules.Definition;
using NocMonitor.Collector.Rules.Evaluation;

namespace NocMonitor.Collector.Rules;

/// <summary>
/// Runs the rule engine with the host: started, and caught up with the log, before the first request is taken; a fault in it stops the host, because a
/// collector that takes samples and does not judge them would look well. Beside it transitions become points.
/// </summary>
internal sealed class RuleEngineHost(RuleEngine engine, AlertLog alerts, AlertPoints points, RuleSet rules, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan PointsAtLeastEvery = TimeSpan.FromSeconds(5);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await engine.StartAsync(rules, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await engine.DisposeAsync();
        await points.WriteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await await Task.WhenAny(engine.Completion, WritePointsAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; the engine is ended by StopAsync once everything it holds is evaluated.
        }
    }

    /// <summary>Writes points as soon as transitions are recorded, and looks again now and then for what the store did not take.</summary>
    private async Task WritePointsAsync(CancellationToken token)
    {
        using var news = alerts.Feed.Follow();
        await points.WriteAsync(token);
        while (true)
        {
            using var wait = CancellationTokenSource.CreateLinkedTokenSource(token);
            await Task.WhenAny(news.WaitAsync(wait.Token).AsTask(), Task.Delay(PointsAtLeastEvery, time, wait.Token));
            await wait.CancelAsync();
            token.ThrowIfCancellationRequested();
            await points.WriteAsync(token);
        }
    }
}

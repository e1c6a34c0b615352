using NocMonitor.Collector.Alerts;
using NocMonitor.LineProtocol;

namespace NocMonitor.Collector.Rules.Evaluation;

/// <summary>The last transition of an alert whose rule is gone: there is nothing to render its texts from, so it says just that.</summary>
internal static class RemovedAlert
{
    public static AlertTransition Transition(AlertKey key, Step step, long now)
    {
        var series = SeriesKey.Parse(System.Text.Encoding.UTF8.GetBytes(key.Series));
        return new AlertTransition
        {
            Key = key,
            Step = step,
            Time = now,
            Since = now,
            Labels = new AlertLabels([.. series.Tags.Where(tag => tag.Key != "rule"), new("rule", key.Rule)]),
            Value = double.NaN,
            Threshold = double.NaN,
            Summary = $"{key.Rule} no longer applies to {key.Series}",
            Description = "",
            Runbook = "",
            DependsOn = [],
            Stale = false,
            Flapping = false,
        };
    }
}

namespace NocMonitor.Collector.Alerts;

/// <summary>A transition in words for the timeline.</summary>
internal static class TransitionText
{
    public static string Of(AlertTransition transition)
    {
        var severity = AlertTables.Word(transition.Step.To);
        return transition.Step.Reason switch
        {
            StepReason.Raised => $"{severity}: {transition.Summary}{Compared(transition)}",
            StepReason.Escalated => $"escalated to {severity}: {transition.Summary}{Compared(transition)}",
            StepReason.Deescalated => $"down to {severity}: {transition.Summary}",
            StepReason.Cleared => $"resolved: {transition.Summary}",
            StepReason.Silent => $"{severity}, no samples: {transition.Summary}",
            StepReason.SilentLonger => $"{severity}, still no samples: {transition.Summary}",
            StepReason.BecameStale => "stale: no samples come, the state is not known any more",
            StepReason.DataReturned => "samples come again",
            StepReason.FlappingStarted => "flapping: changes are recorded and not paged until it is calm",
            StepReason.ChangedWhileFlapping => transition.Step.To == Severity.None ? "calm while flapping" : $"{severity} while flapping",
            StepReason.FlappingEnded => transition.Step.To == Severity.None ? "flapping ended, resolved" : $"flapping ended, still {severity}",
            StepReason.StepMet => $"still {severity}: {transition.Summary}",
            StepReason.Expired => $"resolved, nothing more was heard of it: {transition.Summary}",
            StepReason.Forgotten => "resolved: its host was taken out of the watch",
            _ => "resolved: the rule was removed, disabled, or no longer applies to the series",
        };
    }

    private static string Compared(AlertTransition transition) =>
        double.IsNaN(transition.Value) || double.IsNaN(transition.Threshold)
            ? "" : $" ({AlertTables.Text(transition.Value)} against {AlertTables.Text(transition.Threshold)})";
}

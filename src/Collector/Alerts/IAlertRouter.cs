namespace NocMonitor.Collector.Alerts;

/// <summary>Says who is told of an alert. Called inside the transaction that records the transition: it decides from memory and at once.</summary>
internal interface IAlertRouter
{
    /// <summary>The names of the receivers, each once; none when nobody is to be told.</summary>
    IReadOnlyList<string> Route(AlertLabels labels, Severity severity);
}

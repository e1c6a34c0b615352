namespace NocMonitor.Collector.Notify;

/// <summary>Draws what a rule watches. Called while a notification is written; returns an empty text when there is nothing to draw and never throws.</summary>
internal interface ISparklineSource
{
    /// <param name="rule">The rule's name.</param>
    /// <param name="series">The series in canonical line form.</param>
    string Draw(string rule, string series);
}

namespace NocMonitor.TimeSeries.Retention;

/// <summary>What is done about age: samples and roll-ups first, then the series that have none left.</summary>
internal sealed record RetentionWork(SampleRetention Samples, SeriesForgetting Series);

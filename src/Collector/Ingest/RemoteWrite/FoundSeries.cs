using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Ingest.RemoteWrite;

/// <summary>What is known of one series of a message.</summary>
/// <param name="Series">The store's; null when it is not known there yet, or its labels do not all stand in front.</param>
/// <param name="Samples">Where its samples begin.</param>
internal readonly record struct FoundSeries(Series? Series, int Samples);

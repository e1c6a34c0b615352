namespace NocMonitor.TimeSeries.Index;

/// <summary>What the index may hold; see <see cref="StoreOptions"/>.</summary>
internal sealed record SeriesLimits(int MaxSeries, int MaxSeriesPerOrigin, int MaxFieldsPerMeasurement, int MaxKeyBytes);

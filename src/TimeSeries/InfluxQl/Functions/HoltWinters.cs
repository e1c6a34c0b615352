using NocMonitor.TimeSeries.InfluxQl.Execution;

namespace NocMonitor.TimeSeries.InfluxQl.Functions;

/// <summary>Forecasts by exponential smoothing with trend and season.</summary>
internal static class HoltWinters
{
    public static Points Apply(Points points, int count, int season, bool withFit, long window) =>
        throw new QueryException($"holt_winters is not supported yet for {points.Count + count + season + window} points{(withFit ? " with fit" : "")}");
}

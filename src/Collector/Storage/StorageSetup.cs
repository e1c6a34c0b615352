using NocMonitor.Collector.Hosting;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Storage;

internal static class StorageSetup
{
    /// <summary>The time-series store, in the data folder.</summary>
    public static void AddStorage(this IServiceCollection services, CollectorOptions options) => services.AddSingleton(provider =>
    {
        var folder = Path.Combine(provider.GetRequiredService<DataFolder>().Path, options.Store.Folder);
        try
        {
            return TimeSeriesStore.Open(
                options.Store with { Folder = folder }, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<TimeSeriesStore>>());
        }
        catch (Exception exception) when (exception is IOException or StoreUnavailableException)
        {
            throw new StartupException($"the samples in {folder} cannot be opened: {exception.Message}", exception);
        }
    });
}

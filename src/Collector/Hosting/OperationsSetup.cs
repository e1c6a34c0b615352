using NocMonitor.Collector.Operations;

namespace NocMonitor.Collector.Hosting;

internal static class OperationsSetup
{
    /// <summary>The operational database, in the data folder.</summary>
    public static void AddOperations(this IServiceCollection services) => services.AddSingleton(provider =>
    {
        try
        {
            return OperationsDatabase.Open(
                provider.GetRequiredService<DataFolder>().Path, provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<OperationsDatabase>>());
        }
        catch (OperationsException exception)
        {
            throw new StartupException(exception.Message, exception);
        }
    });
}

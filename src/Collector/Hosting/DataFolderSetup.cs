namespace NocMonitor.Collector.Hosting;

internal static class DataFolderSetup
{
    /// <summary>The folder is taken when first asked for and let go last: everything that keeps files asks for it.</summary>
    public static void AddDataFolder(this IServiceCollection services, CollectorOptions options) =>
        services.AddSingleton(_ => DataFolder.Take(options.Data));
}

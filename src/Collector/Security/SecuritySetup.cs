namespace NocMonitor.Collector.Security;

internal static class SecuritySetup
{
    public static void AddSecurity(this IServiceCollection services)
    {
        services.AddSingleton<TokenStore>();
        services.AddSingleton(provider =>
        {
            var cache = ActivatorUtilities.CreateInstance<TokenCache>(provider);
            cache.Refresh();
            return cache;
        });
        services.AddSingleton<RequestAccess>();
        services.AddHostedService<TokenRefresh>();
    }
}

using System.Reflection;

namespace NocMonitor.Collector.Hosting;

/// <summary>The version of this build, as answers and pages give it.</summary>
internal static class CollectorVersion
{
    public static string Number { get; } = typeof(CollectorVersion).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>The version with the commit it was built from, where the build knew it.</summary>
    public static string Full { get; } =
        typeof(CollectorVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? Number;
}

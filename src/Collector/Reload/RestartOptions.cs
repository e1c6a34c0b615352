using NocMonitor.Collector.Hosting;

namespace NocMonitor.Collector.Reload;

/// <summary>The options that are built into the running host: a reload reads them and cannot take them up.</summary>
internal static class RestartOptions
{
    private static readonly (string Name, Func<CollectorOptions, CollectorOptions, bool> Differs)[] All =
    [
        ("Urls", (now, before) => !now.Urls.SequenceEqual(before.Urls)),
        ("Data", (now, before) => now.Data != before.Data),
        ("Name", (now, before) => now.Name != before.Name),
        ("ExternalUrl", (now, before) => now.ExternalUrl != before.ExternalUrl),
        ("LogLevel", (now, before) => now.LogLevel != before.LogLevel),
        ("Connections", (now, before) => now.Connections != before.Connections),
        ("Ingest", (now, before) => now.Ingest != before.Ingest),
        ("Derivation", (now, before) => now.Derivation != before.Derivation),
        ("Store", (now, before) => now.Store != before.Store),
        ("Rules.Shards", (now, before) => now.Rules.Shards != before.Rules.Shards),
        ("Rules.ParentWait", (now, before) => now.Rules.ParentWait != before.Rules.ParentWait),
        ("Rules.StartGrace", (now, before) => now.Rules.StartGrace != before.Rules.StartGrace),
        ("Rules.KeepResolved", (now, before) => now.Rules.KeepResolved != before.Rules.KeepResolved),
    ];

    /// <summary>Their names, one after the other.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(option => option.Name));

    /// <summary>Those that differ; empty when none does.</summary>
    public static string Changed(CollectorOptions now, CollectorOptions before) =>
        string.Join(", ", All.Where(option => option.Differs(now, before)).Select(option => option.Name));
}

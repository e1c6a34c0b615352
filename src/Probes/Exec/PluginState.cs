namespace NocMonitor.Probes.Exec;

/// <summary>The four results of a plugin; the numbers are its exit codes.</summary>
internal enum PluginState
{
    Ok = 0,
    Warning = 1,
    Critical = 2,
    Unknown = 3,
}

namespace NocMonitor.Probes.Services;

/// <summary>Numbers for the states of units, those of Telegraf's systemd_units. A state that has none is -1.</summary>
internal static class UnitCodes
{
    private static readonly string[] Loads = ["loaded", "stub", "not-found", "bad-setting", "error", "merged", "masked"];

    private static readonly string[] Actives = ["active", "reloading", "inactive", "failed", "activating", "deactivating"];

    // By block of sixteen, a block or two for each kind of unit that has states of its own; a state shared with an earlier kind keeps that one's number.
    private static readonly Dictionary<string, long> Subs = Number(
        (0x00, "running dead start-pre start exited reload stop stop-watchdog stop-sigterm stop-sigkill stop-post final-sigterm failed auto-restart condition cleaning"),
        (0x10, "waiting reload-signal reload-notify final-watchdog dead-before-auto-restart failed-before-auto-restart dead-resources-pinned auto-restart-queued"),
        (0x20, "tentative plugged"),
        (0x30, "mounting mounting-done mounted remounting unmounting remounting-sigterm remounting-sigkill unmounting-sigterm unmounting-sigkill"),
        (0x50, "abandoned"),
        (0x60, "active"),
        (0x70, "start-chown start-post listening stop-pre stop-pre-sigterm stop-pre-sigkill final-sigkill"),
        (0x80, "activating activating-done deactivating deactivating-sigterm deactivating-sigkill"),
        (0xa0, "elapsed"));

    public static long Load(string state) => Array.IndexOf(Loads, state);

    public static long Active(string state) => Array.IndexOf(Actives, state);

    public static long Sub(string state) => Subs.GetValueOrDefault(state, -1);

    private static Dictionary<string, long> Number(params (long First, string Names)[] blocks) => blocks
        .SelectMany(block => block.Names.Split(' ').Select((name, index) => KeyValuePair.Create(name, block.First + index)))
        .ToDictionary(StringComparer.Ordinal);
}

using NocMonitor.Configuration;
using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Snmp.Profiles;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Probes.Targets;

namespace NocMonitor.Probes.Snmp;

/// <summary>Options of the <c>snmp</c> probe.</summary>
internal sealed record SnmpOptions
{
    /// <summary>Devices; at least one.</summary>
    public required IReadOnlyList<SnmpTargetOptions> Targets { get; init; }

    /// <summary>Folders of device profiles, absolute; the shipped ones come before them.</summary>
    public required IReadOnlyList<string> ProfileFolders { get; init; }

    /// <summary>What every device is asked beside its profile.</summary>
    public required IReadOnlyList<ProfileMetric> Added { get; init; }

    /// <summary>Devices polled side by side.</summary>
    public required int Concurrency { get; init; }

    /// <summary>Over how much of the round's beginning the polls are spread.</summary>
    public required TimeSpan Spread { get; init; }

    /// <summary>When a round ends whatever still runs; null when it waits for all devices.</summary>
    public required TimeSpan? RoundLimit { get; init; }

    /// <summary>Rows of one table.</summary>
    public required int MaxRows { get; init; }

    /// <summary>Time that one table may take.</summary>
    public required TimeSpan TableTimeout { get; init; }

    /// <summary>A table without rows is asked again after so long.</summary>
    public required TimeSpan EmptyTableInterval { get; init; }

    public static SnmpOptions Read(OptionReader options)
    {
        var credentials = options.SectionMap("Credentials", SnmpCredentials.Read, "Credentials by name; those of Agent.SnmpCredentials are known too.");
        var targets = options.Sections("Targets", SnmpTargetEntry.Read, "Devices, each with its own options.");
        var hosts = options.Texts("Hosts", [], "Devices without options of their own: names or addresses, with :port where it is not 161.");
        var family = options.Choice("Family", IpFamily.Any, "Which addresses of a name are used; Any takes the first that the resolver gives.");
        var requests = SnmpRequestOptions.Read(options);
        var folders = options.Texts("ProfileFolders", [], "Folders of device profiles beside the shipped ones; relative to this file.");
        var spread = options.Integer("Spread", 50, 0, 90, "Over which part of the interval, in percent, the devices are spread, so that they are not polled all at once.");
        var named = new SnmpCredentialNames(options, credentials);
        IReadOnlyList<SnmpTargetEntry> all = [.. targets, .. hosts.Select(host => EntryOf(options, host)).OfType<SnmpTargetEntry>()];
        if (all.Count == 0)
        {
            options.Fail("Targets", "at least one target is required, here or in Hosts");
        }

        var interval = RoundTime.Of(options);
        return new SnmpOptions
        {
            Targets = [.. all.Select(entry => named.TargetOf(entry, family, requests)).OfType<SnmpTargetOptions>()],
            ProfileFolders = [.. folders.Select(folder => FolderOf(options, folder))],
            Added = SnmpObjectOptions.Read(options),
            Concurrency = options.Integer("Concurrency", 64, 1, 10_000, "Devices polled side by side."),
            Spread = all.Count > 1 ? (interval ?? TimeSpan.Zero) * spread / 100 : TimeSpan.Zero,
            RoundLimit = interval,
            MaxRows = options.Integer("MaxRows", 20_000, 1, 1_000_000, "Rows of one table; what is beyond is left out, with a warning."),
            TableTimeout = options.Duration("TableTimeout", TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1),
                "Time that one table may take; a table that takes longer is left out and reported."),
            EmptyTableInterval = options.Duration("EmptyTableInterval", TimeSpan.FromMinutes(10), TimeSpan.Zero, TimeSpan.FromDays(1),
                "A table in which a device had no rows is asked again after so long."),
        };
    }

    private static SnmpTargetEntry? EntryOf(OptionReader options, string host)
    {
        if (HostPort.TryParse(host, SnmpTargetOptions.UsualPort, out var address))
        {
            return new SnmpTargetEntry(host, address.Host, address.Port, null, null, new Dictionary<string, string>(), options.PlaceOf("Hosts"));
        }

        options.Fail("Hosts", $"'{host}' is neither a host name nor an address, with or without a port");
        return null;
    }

    private static string FolderOf(OptionReader options, string folder)
    {
        var path = options.ResolvePath("ProfileFolders", folder);
        if (!Directory.Exists(path))
        {
            options.Fail("ProfileFolders", $"there is no folder {path}");
        }

        options.DependOnFolder(path);
        return path;
    }
}

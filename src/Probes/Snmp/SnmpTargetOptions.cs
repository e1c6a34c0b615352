using NocMonitor.Configuration;
using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Probes.Targets;

namespace NocMonitor.Probes.Snmp;

/// <summary>One device of the <c>snmp</c> probe.</summary>
internal sealed record SnmpTargetOptions
{
    /// <summary>The name that asks for no profile: only what the probe's own options say.</summary>
    public const string NoProfile = "none";

    public const int UsualPort = 161;

    /// <summary>The tag <c>host</c> of its points.</summary>
    public required string Name { get; init; }

    /// <summary>Name or address.</summary>
    public required string Host { get; init; }

    /// <summary>UDP port.</summary>
    public required int Port { get; init; }

    /// <summary>Which addresses of a name are used.</summary>
    public required IpFamily Family { get; init; }

    public required SnmpCredentials Credentials { get; init; }

    /// <summary>The device profile; null for the one that the device's sysObjectID says.</summary>
    public required string? Profile { get; init; }

    /// <summary>Further tags of its points.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    public required SnmpRequestOptions Requests { get; init; }
}

/// <summary>A target as written, before the name of its credentials is looked up.</summary>
internal sealed record SnmpTargetEntry(
    string Name, string Host, int Port, string? Credentials, string? Profile, IReadOnlyDictionary<string, string> Tags, ConfigPlace Place)
{
    public static SnmpTargetEntry Read(OptionReader options)
    {
        var host = options.RequiredText("Host", "Name or address of the device.");
        if (host.Length > 0 && !HostPort.IsHost(host))
        {
            options.Fail("Host", $"'{host}' is neither a host name nor an address");
        }

        return new SnmpTargetEntry(
            options.Text("Name", host, "The tag host of its points; Host unless set."),
            host,
            options.Integer("Port", SnmpTargetOptions.UsualPort, 1, 65535, "UDP port."),
            options.OptionalText("Credentials", "The name of its credentials; may be left out where there is only one."),
            options.OptionalText("Profile", "The device profile; the one that sysObjectID says unless set, none for no profile."),
            options.TextMap("Tags", "Further tags of its points."),
            options.Place);
    }
}

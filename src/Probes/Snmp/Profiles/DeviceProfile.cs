using System.Text.RegularExpressions;
using NocMonitor.Configuration;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>One file of profiles, with everything it inherits once the library has resolved it. Immutable.</summary>
internal sealed record DeviceProfile
{
    /// <summary>The file's name without its ending.</summary>
    public required string Name { get; init; }

    public required ConfigPlace Place { get; init; }

    /// <summary>Which root the file lies in, by its place in the list of roots: a later one wins.</summary>
    public required int Root { get; init; }

    public required IReadOnlyList<SysObjectIdPattern> SysObjectIds { get; init; }

    public required IReadOnlyList<ProfileReference> Extends { get; init; }

    /// <summary>Inherited tables and scalars, by name, that the device does not get.</summary>
    public required IReadOnlyList<string> Without { get; init; }

    /// <summary>Who makes the device, as the profile says; empty when it does not.</summary>
    public required string Vendor { get; init; }

    public required IReadOnlyList<ProfileMetric> Metrics { get; init; }

    /// <summary>Tags of all points of the device, from scalars.</summary>
    public required IReadOnlyList<ProfileTag> Tags { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> StaticTags { get; init; }

    public required IReadOnlyList<MetadataField> Metadata { get; init; }

    public required IReadOnlyList<TrapDefinition> Traps { get; init; }

    public required IReadOnlyList<DescriptionMatch> Matches { get; init; }

    /// <summary>The device is to be walked with GetNext.</summary>
    public required bool AvoidsBulk { get; init; }
}

/// <summary>The name of another file and where it is named.</summary>
internal sealed record ProfileReference(string Name, ConfigPlace Place);

/// <summary>Hands over to another profile when the lower-case sysDescr matches.</summary>
internal sealed record DescriptionMatch(Regex Pattern, ProfileReference Profile);

/// <summary>A string field of the device's own point: a constant, or the first of the symbols that answers.</summary>
internal sealed record MetadataField(string Name, string? Value, IReadOnlyList<ProfileSymbol> Symbols);

/// <summary>A notification: its name, what the variables in it are, how bad it is (<c>info</c>, <c>warning</c>, <c>critical</c>, or empty) and which it ends, by name.</summary>
internal sealed record TrapDefinition(
    ConfigPlace Place, Oid Oid, string Name, bool DropsUndefined, IReadOnlyList<TrapVariable> Variables, string Severity, IReadOnlyList<string> Clears);

/// <summary>A variable of a notification. <see cref="Symbol"/> carries name, words and format; its OID is the object's, without the row's index.</summary>
/// <param name="IsPart">It says which part of the device the notification is about.</param>
internal sealed record TrapVariable(ProfileSymbol Symbol, bool IsPrefix, bool IsPart);

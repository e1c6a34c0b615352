namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>
/// Gives each profile what it inherits: the bases' entries in the order of <c>extends</c>, then its own. A base that is reached on two ways counts
/// once. A missing base or a circle is reported where it is named and costs that base only. Used once.
/// </summary>
internal sealed class ExtendsResolver(IReadOnlyList<DeviceProfile> profiles, ProfileFaults faults)
{
    private const int MostLevels = 16;

    private readonly ILookup<string, DeviceProfile> _byName = profiles.ToLookup(profile => profile.Name, StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<ProfileReference> _reported = [];

    public IReadOnlyList<DeviceProfile> Resolve()
    {
        foreach (var match in profiles.SelectMany(profile => profile.Matches).Where(match => !_byName.Contains(ProfileNames.Of(match.Profile.Name))))
        {
            faults.Error(match.Profile.Place, $"there is no profile {match.Profile.Name}");
        }

        return [.. profiles.Select(Inherit)];
    }

    /// <summary>Puts the profile and everything it extends into the line, bases first, each once.</summary>
    private void Follow(DeviceProfile profile, List<DeviceProfile> path, List<DeviceProfile> line)
    {
        path.Add(profile);
        foreach (var reference in profile.Extends)
        {
            if (BaseOf(profile, reference) is not { } found || line.Contains(found))
            {
                continue;
            }

            if (path.Contains(found))
            {
                Report(reference, $"{reference.Name} extends this profile in turn");
            }
            else if (path.Count > MostLevels)
            {
                Report(reference, $"more than {MostLevels} levels of extends");
            }
            else
            {
                Follow(found, path, line);
            }
        }

        path.RemoveAt(path.Count - 1);
        line.Add(profile);
    }

    /// <summary>Many profiles come by the same place; one report is enough.</summary>
    private void Report(ProfileReference reference, string message)
    {
        if (_reported.Add(reference))
        {
            faults.Error(reference.Place, message);
        }
    }

    private DeviceProfile? BaseOf(DeviceProfile profile, ProfileReference reference)
    {
        // Of several files of one name the one in the same folder is meant, as for any relative name.
        var folder = Path.GetDirectoryName(profile.Place.Source);
        var named = _byName[ProfileNames.Of(reference.Name)].Where(other => !ReferenceEquals(other, profile)).ToList();
        var found = named.Find(other => Path.GetDirectoryName(other.Place.Source) == folder) ?? named.FirstOrDefault();
        if (found is null)
        {
            Report(reference, ProfileNames.Of(reference.Name).Equals(profile.Name, StringComparison.OrdinalIgnoreCase)
                ? $"{reference.Name} extends itself"
                : $"there is no profile {reference.Name} to extend");
        }

        return found;
    }

    private DeviceProfile Inherit(DeviceProfile profile)
    {
        var line = new List<DeviceProfile>();
        Follow(profile, [], line);
        return line.Count == 1 ? profile : Join(profile, line);
    }

    private static DeviceProfile Join(DeviceProfile profile, IReadOnlyList<DeviceProfile> line) => profile with
    {
        Vendor = line.Select(member => member.Vendor).LastOrDefault(vendor => vendor.Length > 0) ?? "",
        Metrics = MetricsOf(line),
        Tags = [.. line.SelectMany(member => member.Tags)],
        StaticTags = [.. line.SelectMany(member => member.StaticTags)],
        Metadata = [.. line.SelectMany(member => member.Metadata).Reverse().DistinctBy(field => field.Name, StringComparer.Ordinal).Reverse()],
        Traps = [.. line.SelectMany(member => member.Traps)],
        AvoidsBulk = line.Any(member => member.AvoidsBulk),
    };

    private static List<ProfileMetric> MetricsOf(IReadOnlyList<DeviceProfile> line)
    {
        var metrics = new List<ProfileMetric>();
        foreach (var member in line)
        {
            if (member.Without.Count > 0)
            {
                metrics.RemoveAll(metric => IsNamed(member.Without, metric));
            }

            metrics.AddRange(member.Metrics);
        }

        return metrics;
    }

    private static bool IsNamed(IReadOnlyList<string> names, ProfileMetric metric) =>
        metric.Table is { } table ? names.Contains(table.Name) : metric.Symbols.All(symbol => names.Contains(symbol.Name));
}

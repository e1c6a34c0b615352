using NocMonitor.Configuration;
using NocMonitor.Probes.Snmp.Profiles.Yaml;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>
/// All profiles of some folders, with what they inherit. Loaded as a whole and immutable then; another load is another library, in which a file that was changed for the worse is still
/// what it was.
/// </summary>
internal sealed class ProfileLibrary
{
    public const int MostFiles = 5_000;

    /// <summary>The profile of a device that nothing matches.</summary>
    public const string GenericName = "generic-device";

    private readonly Dictionary<string, DeviceProfile> _byName;
    private readonly IReadOnlyDictionary<string, ReadProfile> _read;

    private ProfileLibrary(IReadOnlyList<DeviceProfile> profiles, IReadOnlyDictionary<string, ReadProfile> read, IReadOnlyList<ProfileFault> kept, ProfileFaults faults)
    {
        _read = read;
        Profiles = profiles;
        Files = [.. read.Keys];
        Kept = kept;
        Faults = faults.All;
        DroppedFaults = faults.Dropped;
        _byName = new Dictionary<string, DeviceProfile>(StringComparer.OrdinalIgnoreCase);
        foreach (var profile in profiles)
        {
            _byName.TryAdd(profile.Name, profile);
        }
    }

    /// <summary>Every file that holds a profile, in the order of roots and paths.</summary>
    public IReadOnlyList<DeviceProfile> Profiles { get; }

    /// <summary>The files that were read, good or bad.</summary>
    public IReadOnlyList<string> Files { get; }

    public IReadOnlyList<ProfileFault> Faults { get; }

    /// <summary>For each file that is still what it was at the load before: the first error that its new text has.</summary>
    public IReadOnlyList<ProfileFault> Kept { get; }

    /// <summary>No profiles, for whoever needs none.</summary>
    public static ProfileLibrary Empty { get; } = Load([]);

    /// <summary>Faults beyond those that are kept.</summary>
    public int DroppedFaults { get; }

    /// <summary>Reads all files below the roots; a file of a later root replaces one of the same name of an earlier root. Never throws for what a file holds.</summary>
    /// <param name="before">The last load: of a file that has more errors now than it had then, that one's profile stays.</param>
    public static ProfileLibrary Load(IReadOnlyList<string> roots, ProfileLibrary? before = null)
    {
        var faults = new ProfileFaults();
        var read = new Dictionary<string, ReadProfile>(StringComparer.Ordinal);
        var kept = new List<ProfileFault>();
        var profiles = new List<DeviceProfile>();
        for (var root = 0; root < roots.Count; root++)
        {
            var ofRoot = new List<DeviceProfile>();
            foreach (var file in FilesBelow(roots[root], MostFiles - read.Count, faults))
            {
                var now = ReadFile(file, root, faults);
                if (before?._read.GetValueOrDefault(file) is { Profile: not null } then && then.Errors < now.Errors)
                {
                    kept.Add(now.First);
                    now = then;
                }

                // Of two folders that hold the same file the later one reads it.
                read[file] = now;
                ofRoot.AddRange(now.Profile is { } profile ? [profile] : []);
            }

            profiles.RemoveAll(earlier => ofRoot.Exists(later => string.Equals(later.Name, earlier.Name, StringComparison.OrdinalIgnoreCase)));
            profiles.AddRange(ofRoot);
        }

        return new ProfileLibrary(new ExtendsResolver(profiles, faults).Resolve(), read, kept, faults);
    }

    /// <summary>A profile by its name or its file's name.</summary>
    public DeviceProfile? Find(string name) => _byName.GetValueOrDefault(ProfileNames.Of(name));

    /// <summary>The profile meant for a device; null when nothing matches and there is no generic one.</summary>
    public DeviceProfile? Match(Oid sysObjectId, string sysDescr)
    {
        var arcs = SysObjectIdPattern.ArcsOf(sysObjectId);
        DeviceProfile? best = null;
        var bestWeight = 0;
        foreach (var profile in Profiles)
        {
            var weight = profile.SysObjectIds.Where(pattern => pattern.Matches(arcs)).Select(pattern => pattern.Weight).DefaultIfEmpty(0).Max();
            if (weight > 0 && (weight > bestWeight || (weight == bestWeight && profile.Root > best!.Root)))
            {
                (best, bestWeight) = (profile, weight);
            }
        }

        best ??= Find(GenericName);
        return best is null ? null : ByDescription(best, sysDescr.ToLowerInvariant());
    }

    private DeviceProfile ByDescription(DeviceProfile profile, string description)
    {
        foreach (var match in profile.Matches)
        {
            if (PatternMatch.IsMatch(match.Pattern, description) && Find(match.Profile.Name) is { } other)
            {
                return other;
            }
        }

        return profile;
    }

    private static List<string> FilesBelow(string root, int most, ProfileFaults faults)
    {
        try
        {
            var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 16, IgnoreInaccessible = true };
            var files = Directory.EnumerateFiles(root, "*", options).Where(ProfileNames.IsProfile).Take(most + 1).Order(StringComparer.Ordinal).ToList();
            if (files.Count > most)
            {
                faults.Error(new ConfigPlace(root, 0, 0), $"more than {MostFiles} files; the rest is left out");
                files.RemoveRange(most, files.Count - most);
            }

            return files;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Error(new ConfigPlace(root, 0, 0), $"the folder cannot be read: {exception.Message}");
            return [];
        }
    }

    private static ReadProfile ReadFile(string file, int root, ProfileFaults faults)
    {
        var (count, errors) = (faults.All.Count, faults.Errors);
        var profile = Parse(file, root, faults);
        var first = faults.All.Skip(count).FirstOrDefault(fault => fault.Kind == ProfileFaultKind.Error);

        // Beyond so many faults only their number is known.
        return new ReadProfile(profile, faults.Errors - errors, first ?? new ProfileFault(new ConfigPlace(file, 0, 0), ProfileFaultKind.Error, "the file has errors"));
    }

    private static DeviceProfile? Parse(string file, int root, ProfileFaults faults)
    {
        try
        {
            if (new FileInfo(file).Length > YamlLimits.Bytes)
            {
                faults.Error(new ConfigPlace(file, 1, 1), $"the file has more than {YamlLimits.Bytes} bytes");
                return null;
            }

            return YamlFile.Read(file, File.ReadAllText(file), faults) is { } node ? ProfileFileReader.Read(node, ProfileNames.Of(file), root, faults) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Error(new ConfigPlace(file, 0, 0), $"the file cannot be read: {exception.Message}");
            return null;
        }
    }

    /// <summary>What reading a file gave: its profile without what it inherits, if any, and what is wrong with it.</summary>
    /// <param name="First">The first of its errors, if there are any.</param>
    private sealed record ReadProfile(DeviceProfile? Profile, int Errors, ProfileFault First);
}

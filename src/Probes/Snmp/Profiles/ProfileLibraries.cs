using Microsoft.Extensions.Logging;
using NocMonitor.Probes.Snmp.Polling;

namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>
/// The libraries of one agent: probes with the same folders share one, and it is read again when a file in them changed. The shipped profiles lie in the
/// folder <c>profiles</c> beside the program. Any thread; one lock.
/// </summary>
internal sealed class ProfileLibraries(ILogger log)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string State, ProfileLibrary Library)> _known = new(StringComparer.Ordinal);

    /// <summary>Where the shipped profiles are.</summary>
    public static string ShippedFolder { get; } = Path.Combine(AppContext.BaseDirectory, "profiles");

    public static ProfileLibraries Of(ProbeContext context) =>
        context.Shared(static context => new ProfileLibraries(context.Logs.CreateLogger("snmp")));

    /// <summary>The shipped folder, where there is one, and these.</summary>
    public static IReadOnlyList<string> RootsOf(IReadOnlyList<string> folders) => Directory.Exists(ShippedFolder) ? [ShippedFolder, .. folders] : folders;

    /// <summary>The shipped profiles and those of these folders, in this order.</summary>
    public ProfileLibrary Load(IReadOnlyList<string> folders)
    {
        var roots = RootsOf(folders);
        lock (_lock)
        {
            var key = string.Join('\n', roots);
            var state = string.Join('\n', roots.SelectMany(StateOf));
            if (_known.TryGetValue(key, out var known) && known.State == state)
            {
                return known.Library;
            }

            var library = ProfileLibrary.Load(roots, known.Library);
            _known[key] = (state, library);
            foreach (var fault in library.Kept)
            {
                SnmpLog.ProfileKept(log, fault.Place.Source, fault.ToString());
            }

            if (library.Faults.Count > 0)
            {
                SnmpLog.ProfilesLoaded(log, library.Faults.Count + library.DroppedFaults, library.Files.Count);
            }

            return library;
        }
    }

    private static IEnumerable<string> StateOf(string root) =>
        !Directory.Exists(root) ? []
        : new DirectoryInfo(root).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 16 })
            .Take(ProfileLibrary.MostFiles * 2)
            .Select(file => $"{file.FullName} {file.LastWriteTimeUtc.Ticks} {file.Length}")
            .Order(StringComparer.Ordinal);
}

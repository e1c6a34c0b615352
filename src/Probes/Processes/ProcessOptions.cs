using NocMonitor.Configuration;
using NocMonitor.Probes.Host;

namespace NocMonitor.Probes.Processes;

/// <summary>Options of the <c>process</c> probe.</summary>
internal sealed record ProcessOptions
{
    public required HostRoot Root { get; init; }

    public required IReadOnlyList<ProcessGroupOptions> Groups { get; init; }

    public static ProcessOptions Read(OptionReader options)
    {
        var names = options.Texts("Names", [], "Names of programs, each a group of its own with the default limits.");
        var groups = options.Sections("Groups", ProcessGroupOptions.Read, "Groups of processes.");
        if (names.Count + groups.Count == 0)
        {
            options.Fail("Groups", "at least one of Names and Groups is required");
        }

        return new ProcessOptions { Root = HostRoot.Read(options), Groups = [.. names.Select(ProcessGroupOptions.Named), .. groups] };
    }
}

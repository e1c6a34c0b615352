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
        var plain = ProcessGroupOptions.ReadPlain(options);
        var groups = options.Sections("Groups", ProcessGroupOptions.Read, "Groups of processes with more than one selector, or with limits of their own.");
        var all = plain.Concat(groups).ToList();
        if (all.Count == 0)
        {
            options.Fail("Groups", "at least one of Names, Patterns, Units and Groups is required");
        }

        return new ProcessOptions { Root = HostRoot.Read(options), Groups = all };
    }
}

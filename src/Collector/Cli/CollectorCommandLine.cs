using System.CommandLine;
using NocMonitor.Collector.Inventory.Cli;

namespace NocMonitor.Collector.Cli;

/// <summary>The commands of <c>nocmonitor-collector</c>.</summary>
internal static class CollectorCommandLine
{
    public static RootCommand Create() => new("Takes points from agents, evaluates rules on them, raises alerts and pages.")
    {
        RunCommand.Create(),
        CheckConfigCommand.Create(),
        TokenCommand.Create(),
        StatusCommand.Create(),
        WatchCommand.Create(),
        HostCommand.Create(),
        InventoryCommand.Create(),
        BacktestCommand.Create(),
    };

    /// <summary>No arguments at all asks for help.</summary>
    public static ParseResult Parse(string[] arguments) => Create().Parse(arguments.Length == 0 ? ["--help"] : arguments);
}

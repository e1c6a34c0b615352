using System.CommandLine;
using NocMonitor.Agent.Settings;

namespace NocMonitor.Agent.Commands;

/// <summary>The command line: <c>run</c>, <c>check-config</c>, <c>probe</c>, <c>once</c>, <c>profiles</c>, <c>discover</c>. Exit codes: 0 good, 1 cannot do what was asked, 2 a probed target failed.</summary>
internal static class AgentCommands
{
    public const int Good = 0;
    public const int CannotDo = 1;
    public const int TargetFailed = 2;

    private static readonly Option<string?> ConfigFile = new("--config")
    {
        Description = "A configuration file laid over appsettings.json of the working folder.",
        HelpName = "FILE",
        Recursive = true,
    };

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "The folder of the spool, in place of Agent.Data.",
        HelpName = "DIR",
        Recursive = true,
    };

    private static readonly Option<string?> Collector = new("--collector")
    {
        Description = "Where points go, in place of the addresses in Agent.Collectors.",
        HelpName = "URL",
        Recursive = true,
    };

    public static RootCommand Create()
    {
        Collector.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && CollectorOptions.Refuse(text, out _) is { } reason)
            {
                result.AddError($"--collector: '{text}' {reason}");
            }
        });
        var root = new RootCommand("Probes servers and network devices and pushes points to a NocMonitor collector.");
        root.Options.Add(ConfigFile);
        root.Options.Add(Data);
        root.Options.Add(Collector);
        root.Subcommands.Add(RunCommand.Create());
        root.Subcommands.Add(CheckConfigCommand.Create());
        root.Subcommands.Add(ProbeCommand.Create());
        root.Subcommands.Add(OnceCommand.Create());
        root.Subcommands.Add(ProfilesCommand.Create());
        root.Subcommands.Add(DiscoverCommand.Create());
        return root;
    }

    /// <summary>No arguments at all asks for help.</summary>
    public static Task<int> InvokeAsync(string[] arguments) =>
        Create().Parse(arguments.Length == 0 ? ["--help"] : arguments).InvokeAsync(new InvocationConfiguration
        {
            // The host ends the agent in order and within its own time; the other commands simply end.
            ProcessTerminationTimeout = null,
        });

    public static AgentConfigRequest RequestOf(ParseResult parsed) => new(
        parsed.GetValue(ConfigFile), parsed.GetValue(Data), parsed.GetValue(Collector) is { } url ? new Uri(url) : null);

    /// <summary>Loads the configuration; prints every error and warning, and gives null when there are errors.</summary>
    public static AgentConfig? Load(ParseResult parsed)
    {
        var config = AgentConfig.Load(RequestOf(parsed));
        foreach (var error in config.Errors)
        {
            parsed.InvocationConfiguration.Error.WriteLine(error);
        }

        foreach (var warning in config.Warnings)
        {
            parsed.InvocationConfiguration.Error.WriteLine($"warning: {warning}");
        }

        return config.Errors.Count == 0 ? config : null;
    }
}

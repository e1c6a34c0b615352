using System.CommandLine;
using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Rules.Definition;
using NocMonitor.Configuration;

namespace NocMonitor.Collector.Cli;

/// <summary>The options that several commands take, and what they mean together.</summary>
internal sealed class CommonOptions
{
    private readonly Option<string?> _config = new("--config")
    {
        Description = "A configuration file laid over appsettings.json of the working folder.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = "The data folder (default: Collector.Data, data/collector).",
        HelpName = "DIR",
    };

    private readonly Option<string?> _urls = new("--urls")
    {
        Description = $"Addresses to listen on, separated by semicolons (default: Collector.Urls, {CollectorOptions.DefaultUrl}).",
        HelpName = "URLS",
    };

    /// <summary>Adds the options to a command; only a command that listens takes <c>--urls</c>.</summary>
    public CommonOptions AddTo(Command command, bool listens = false)
    {
        command.Options.Add(_config);
        command.Options.Add(_data);
        if (listens)
        {
            command.Options.Add(_urls);
        }

        return this;
    }

    public CollectorConfiguration From(ParseResult result) =>
        new(result.GetValue(_config), result.CommandResult.Command.Options.Contains(_urls) ? result.GetValue(_urls) : null, result.GetValue(_data));

    /// <summary>Reads options and rules.</summary>
    /// <exception cref="ConfigurationException">With every error of both.</exception>
    public static (CollectorOptions Options, RuleSet Rules) ReadAll(CollectorConfiguration configuration)
    {
        var errors = new List<ConfigError>();
        var options = configuration.Read(errors);
        var rules = RuleSetLoader.Load(options.Rules, errors);
        return errors.Count == 0 && rules is not null ? (options, rules) : throw new ConfigurationException(errors);
    }

    /// <summary>Reads options only, for a command that needs no rules.</summary>
    /// <exception cref="ConfigurationException">With every error.</exception>
    public static CollectorOptions ReadOptions(CollectorConfiguration configuration)
    {
        var errors = new List<ConfigError>();
        var options = configuration.Read(errors);
        return errors.Count == 0 ? options : throw new ConfigurationException(errors);
    }
}

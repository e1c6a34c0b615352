using System.CommandLine;
using NocMonitor.Collector.Hosting;
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

    /// <summary>Reads the configuration, or prints every error of it, one a line.</summary>
    public static CollectorOptions? ReadOrComplain(CollectorConfiguration configuration, TextWriter errorOutput)
    {
        var errors = new List<ConfigError>();
        var options = configuration.Read(errors);
        foreach (var error in errors)
        {
            errorOutput.WriteLine(error);
        }

        return errors.Count == 0 ? options : null;
    }
}

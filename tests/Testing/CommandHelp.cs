using System.CommandLine;

namespace NocMonitor.Testing;

/// <summary>What the help of a whole command line leaves unsaid, or says otherwise than the rest.</summary>
public static class CommandHelp
{
    /// <summary>Commands, options and arguments that are not described in a sentence.</summary>
    public static IEnumerable<string> Undescribed(Command root) =>
        All(root).SelectMany(Symbols).Where(symbol => symbol.Description?.EndsWith('.') != true && symbol is not Option { Name: "--help" or "--version" })
            .Select(symbol => symbol.Name);

    /// <summary>What stands for a value and is not in capitals, but where the words themselves are listed.</summary>
    public static IEnumerable<string> PlaceholdersNotInCapitals(Command root) =>
        All(root).SelectMany(Placeholders).Where(name => !name.Contains('|', StringComparison.Ordinal) && name.Any(char.IsLower));

    private static IEnumerable<Command> All(Command command) => command.Subcommands.SelectMany(All).Prepend(command);

    private static IEnumerable<Symbol> Symbols(Command command) => [command, .. command.Options, .. command.Arguments];

    private static IEnumerable<string> Placeholders(Command command) =>
        command.Arguments.Select(argument => argument.HelpName ?? argument.Name)
            .Concat(command.Options.Where(option => option.ValueType != typeof(bool) && option.ValueType != typeof(void) && option.Name is not ("--help" or "--version"))
                .Select(option => option.HelpName ?? Values(option)));

    /// <summary>Without a name the help shows the words that the option takes, or else its own name.</summary>
    private static string Values(Option option) =>
        option.CompletionSources.Count > 0 ? "a|b" : option.Name.TrimStart('-');
}

using System.CommandLine;
using NocMonitor.Agent.Commands;

namespace NocMonitor.Agent.Tests.Commands;

public class CommandHelpTests
{
    [Test]
    public void Every_command_option_and_argument_is_described_in_a_sentence() =>
        Assert.That(All(AgentCommands.Create()).SelectMany(Symbols).Where(symbol => symbol.Description?.EndsWith('.') != true && symbol is not Option { Name: "--help" or "--version" })
            .Select(symbol => symbol.Name), Is.Empty);

    /// <summary>What stands for a value is written in capitals everywhere, but where the words themselves are listed.</summary>
    [Test]
    public void Every_placeholder_is_in_capitals() =>
        Assert.That(All(AgentCommands.Create()).SelectMany(Placeholders).Where(name => !name.Contains('|', StringComparison.Ordinal) && name.Any(char.IsLower)), Is.Empty);

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

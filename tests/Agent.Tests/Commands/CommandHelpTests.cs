using NocMonitor.Agent.Commands;
using NocMonitor.Testing;

namespace NocMonitor.Agent.Tests.Commands;

public class CommandHelpTests
{
    [Test]
    public void Every_command_option_and_argument_is_described_in_a_sentence() =>
        Assert.That(CommandHelp.Undescribed(AgentCommands.Create()), Is.Empty);

    [Test]
    public void Every_placeholder_is_in_capitals() =>
        Assert.That(CommandHelp.PlaceholdersNotInCapitals(AgentCommands.Create()), Is.Empty);
}

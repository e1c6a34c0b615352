using NocMonitor.Collector.Cli;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Cli;

public class CommandHelpTests
{
    [Test]
    public void Every_command_option_and_argument_is_described_in_a_sentence() =>
        Assert.That(CommandHelp.Undescribed(CollectorCommandLine.Create()), Is.Empty);

    [Test]
    public void Every_placeholder_is_in_capitals() =>
        Assert.That(CommandHelp.PlaceholdersNotInCapitals(CollectorCommandLine.Create()), Is.Empty);

    [Test]
    public void Without_arguments_help_is_asked_for() =>
        Assert.That(CollectorCommandLine.Parse([]).Errors, Is.Empty);
}

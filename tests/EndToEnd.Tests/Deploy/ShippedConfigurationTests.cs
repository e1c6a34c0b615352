using NocMonitor.EndToEnd.Tests.Stage;
using NocMonitor.Testing;

namespace NocMonitor.EndToEnd.Tests.Deploy;

public class ShippedConfigurationTests
{
    [TestCase("nocmonitor-agent", "appsettings.json")]
    [TestCase("nocmonitor-collector", "appsettings.json")]
    [TestCase("nocmonitor-agent", "deploy/linux/agent.json")]
    [TestCase("nocmonitor-collector", "deploy/linux/collector.json")]
    [TestCase("nocmonitor-agent", "deploy/windows/agent.json")]
    public async Task The_program_finds_nothing_wrong_with_it(string program, string file)
    {
        await using var check = RunningProgram.StartOurs(program, Repository.Root, "check-config", "--config", Repository.Locate(file.Split('/')));

        var code = await check.ExitAsync(CancellationToken.None);

        Assert.That(code, Is.Zero, check.Output);
    }
}

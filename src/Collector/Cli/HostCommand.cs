using System.CommandLine;
using System.Globalization;
using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Query;

namespace NocMonitor.Collector.Cli;

/// <summary><c>host forget</c>: takes a host out of the watch of a running collector.</summary>
internal static class HostCommand
{
    public static Command Create() => new("host", "Takes hosts out of the watch.") { CreateForget() };

    private static Command CreateForget()
    {
        var command = new Command("forget",
            "Takes a host off the board that will not come back: its alerts resolve, its series are not waited for. What it sent stays stored; a host that sends again is a host again.");
        var name = new Argument<string>("NAME") { Description = "The host as the board names it." };
        command.Arguments.Add(name);
        var api = new ApiClient.Options().AddTo(command);
        command.SetAction((result, token) => CommandGuard.RunAsync(result, async () =>
        {
            var host = result.GetRequiredValue(name);
            using var client = api.Open(result);
            var done = await client.DeleteAsync($"/api/v1/hosts/{Uri.EscapeDataString(host)}", QueryJson.Plain.HostForgotten, token)
                ?? throw new StartupException($"there is no host named '{host}'");
            await result.InvocationConfiguration.Output.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"{done.Name} is forgotten: {done.Alerts} alerts resolved, {done.Series} series no longer waited for"));
        }));
        return command;
    }
}

using System.CommandLine;
using Microsoft.Extensions.Logging;
using NocMonitor.Agent.Hosting;
using NocMonitor.Agent.Scheduling;
using NocMonitor.Agent.Settings;
using NocMonitor.Probes;

namespace NocMonitor.Agent.Commands;

internal static class OnceCommand
{
    public static Command Create()
    {
        var stdout = new Option<bool>("--stdout") { Description = "Print the points as line protocol; the default, and the only way out." };
        var command = new Command("once", "Runs every configured probe once and prints its points as line protocol.") { stdout };
        command.SetAction(async (parsed, token) =>
        {
            if (AgentCommands.Load(parsed) is not { } config)
            {
                return AgentCommands.CannotDo;
            }

            await using var output = Console.OpenStandardOutput();
            return await RunAsync(config.Options, output, parsed.InvocationConfiguration.Error, token);
        });
        return command;
    }

    /// <summary>Runs all probes side by side; 1 when one could not be made or did not finish its round.</summary>
    internal static async Task<int> RunAsync(AgentOptions options, Stream output, TextWriter errors, CancellationToken token)
    {
        using var log = new CompactLog(errors, LogLevel.Warning, TimeProvider.System);
        var counters = new AgentCounters();
        var outlet = new StreamOutlet(output, counters);
        var runner = new ProbeRunner(AgentRuntime.IdentityOf(options), outlet, counters, TimeProvider.System, log);
        await using var context = new ProbeContext(TimeProvider.System, options.Host, log);
        var made = await Task.WhenAll(options.Probes.Select(entry => Task.Run(() => RunOneAsync(entry, context, runner, errors, token), token)));
        await output.FlushAsync(token);
        return made.All(good => good) && counters.ProbeErrors + counters.ProbeTimeouts == 0 ? AgentCommands.Good : AgentCommands.CannotDo;
    }

    private static async Task<bool> RunOneAsync(ProbeEntry entry, ProbeContext context, ProbeRunner runner, TextWriter errors, CancellationToken token)
    {
        IProbe probe;
        try
        {
            probe = entry.Create(context);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            await errors.WriteLineAsync($"{entry.Place}: probe {entry.Name}: {exception.Message}");
            return false;
        }

        await runner.RunAsync(entry, probe, token);
        await ProbeDisposal.DisposeAsync(probe);
        return true;
    }
}

using System.CommandLine;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using NocMonitor.Agent.Hosting;
using NocMonitor.Configuration;
using NocMonitor.Probes;

namespace NocMonitor.Agent.Commands;

internal static class ProbeCommand
{
    public static Command Create()
    {
        var type = new Argument<string>("TYPE") { Description = $"What to probe: {string.Join(", ", ProbeCatalog.All.Select(known => known.Name))}." };
        var options = new Option<string[]>("--option", "-o")
        {
            Description = "An option of the probe; may be given many times. A name given twice makes a list, a dot in a name goes into a section.",
            HelpName = "NAME=VALUE",
            AllowMultipleArgumentsPerToken = true,
        };
        var limit = new Option<int>("--time-limit") { HelpName = "SECONDS", Description = "Seconds before the round is cancelled.", DefaultValueFactory = _ => 30 };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Also print what the probe does; for snmp every question and every answer." };
        var command = new Command("probe", "Runs one probe once, without any configuration, and prints what it found.") { type, options, limit, verbose };
        command.SetAction((parsed, token) => RunAsync(
            parsed.GetRequiredValue(type), parsed.GetValue(options) ?? [], TimeSpan.FromSeconds(Math.Clamp(parsed.GetValue(limit), 1, 3600)),
            parsed.GetValue(verbose) ? LogLevel.Debug : LogLevel.Warning, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, token));
        return command;
    }

    internal static async Task<int> RunAsync(
        string typeName, IReadOnlyList<string> options, TimeSpan limit, LogLevel level, TextWriter output, TextWriter errors, CancellationToken token)
    {
        if (ProbeCatalog.Find(typeName) is not { } type)
        {
            await errors.WriteLineAsync($"there is no probe type '{typeName}'; there are {string.Join(", ", ProbeCatalog.All.Select(known => known.Name))}");
            return AgentCommands.CannotDo;
        }

        var found = new List<ConfigError>();
        var reader = new OptionReader(CommandLineOptions.Parse(options, found), found);
        var create = type.Read(reader);
        reader.Complete();
        if (found.Count > 0)
        {
            found.ForEach(errors.WriteLine);
            return AgentCommands.CannotDo;
        }

        using var log = new CompactLog(errors, level, TimeProvider.System);
        await using var context = new ProbeContext(TimeProvider.System, Environment.MachineName, log);
        return await ProbeAsync(create, context, limit, output, errors, token);
    }

    private static async Task<int> ProbeAsync(
        Func<ProbeContext, IProbe> create, ProbeContext context, TimeSpan limit, TextWriter output, TextWriter errors, CancellationToken token)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(token);
        limited.CancelAfter(limit);
        var sink = new ReadableSink(output);
        var started = Stopwatch.GetTimestamp();
        try
        {
            var probe = create(context);
            await probe.ProbeAsync(sink, limited.Token);
            await ProbeDisposal.DisposeAsync(probe);
        }
        catch (OperationCanceledException) when (limited.IsCancellationRequested)
        {
            await errors.WriteLineAsync("cancelled before the round was over");
            return AgentCommands.CannotDo;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A person asked and gets the reason, whatever it is.
            await errors.WriteLineAsync($"the probe failed: {exception.Message}");
            return AgentCommands.CannotDo;
        }

        await output.WriteLineAsync($"{sink.Points} points, {sink.Failed} failed, in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:F1} ms");
        return sink.Failed == 0 ? AgentCommands.Good : AgentCommands.TargetFailed;
    }
}

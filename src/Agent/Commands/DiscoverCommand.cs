using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using NocMonitor.Agent.Discovery;
using NocMonitor.Probes.Discovery;

namespace NocMonitor.Agent.Commands;

/// <summary><c>discover</c>: looks through networks and brings what is there to the collector as proposals.</summary>
internal static class DiscoverCommand
{
    private static readonly Argument<string[]> Targets = new("TARGET")
    {
        Description = "Networks, ranges, addresses: 10.0.0.0/24, 10.0.0.1-10.0.0.9, 10.0.0.1-9, 2001:db8::7; several with blanks or commas.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string[]> Excludes = new("--exclude") { Description = "Addresses to leave alone, written as targets are.", HelpName = "TARGET", AllowMultipleArgumentsPerToken = true };

    private static readonly Option<string[]> Credentials = new("--credentials")
    {
        Description = "Names in Agent.SnmpCredentials, tried in this order; without it all of them. 'none' asks nothing by SNMP.",
        HelpName = "NAME",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string> Ports = new("--ports") { HelpName = "PORTS", Description = "TCP ports to try, such as 22,80,443; 'none' tries none. Well-known ones unless given.", DefaultValueFactory = _ => "usual" };

    private static readonly Option<int> SnmpPort = new("--snmp-port") { HelpName = "PORT", Description = "UDP port of SNMP.", DefaultValueFactory = _ => 161 };

    private static readonly Option<int> Rate = new("--rate") { HelpName = "N", Description = "Pings, and connections, a second: 1 to 10000.", DefaultValueFactory = _ => 500 };

    private static readonly Option<int> Concurrency = new("--concurrency") { HelpName = "N", Description = "Devices looked into at once: 1 to 1000.", DefaultValueFactory = _ => 64 };

    private static readonly Option<int> Milliseconds = new("--timeout") { HelpName = "MS", Description = "Milliseconds to wait for a ping or a connection: 50 to 60000.", DefaultValueFactory = _ => 1000 };

    private static readonly Option<bool> NoPing = new("--no-ping") { Description = "Look into every address, for networks that drop pings. Slow." };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only show what is found; the collector hears nothing." };

    private static readonly Option<bool> Restart = new("--restart") { Description = "Begin anew, although an earlier run was broken off." };

    private static readonly Option<bool> YesLarge = new("--yes-large") { Description = $"Allow more than {AddressSet.UsualMost} addresses, {AddressSet.Most} at most." };

    private static readonly Option<bool> Json = new("--json") { Description = "Print what was found as JSON." };

    public static Command Create()
    {
        Check(SnmpPort, 1, 65535);
        Check(Rate, 1, 10_000);
        Check(Concurrency, 1, 1000);
        Check(Milliseconds, 50, 60_000);
        var command = new Command("discover", "Looks through networks: who answers, what it is, which ports are open. What is found is proposed to the collector; nothing is added or removed unasked.")
        {
            Targets, Excludes, Credentials, Ports, SnmpPort, Rate, Concurrency, Milliseconds, NoPing, DryRun, Restart, YesLarge, Json,
        };
        command.SetAction(async (parsed, token) =>
        {
            if (AgentCommands.Load(parsed) is not { } config)
            {
                return AgentCommands.CannotDo;
            }

            var errors = new List<string>();
            var request = Read(parsed, config, errors);
            foreach (var error in errors)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(error);
            }

            return request is null ? AgentCommands.CannotDo : await RunAsync(parsed, new DiscoveryRun(request, config.Options), token);
        });
        return command;
    }

    /// <summary>Ctrl-C ends the looking in order: what was found stays, and the same command goes on.</summary>
    private static async Task<int> RunAsync(ParseResult parsed, DiscoveryRun run, CancellationToken token)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        return await run.RunAsync(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, stop.Token);

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static DiscoveryRequest? Read(ParseResult parsed, Settings.AgentConfig config, List<string> errors)
    {
        var targets = parsed.GetValue(Targets) ?? [];
        var excludes = parsed.GetValue(Excludes) ?? [];
        var isLarge = parsed.GetValue(YesLarge);
        var addresses = AddressSet.Parse(targets, excludes, isLarge ? AddressSet.Most : AddressSet.UsualMost, errors);
        if (addresses is null && !isLarge && AddressSet.Parse(targets, excludes, AddressSet.Most, []) is not null)
        {
            errors[^1] += "; say --yes-large if you mean it";
        }

        var options = new DiscoveryOptions
        {
            Rate = parsed.GetValue(Rate),
            Timeout = TimeSpan.FromMilliseconds(parsed.GetValue(Milliseconds)),
            Concurrency = parsed.GetValue(Concurrency),
            SkipsPing = parsed.GetValue(NoPing),
            Ports = PortsOf(parsed.GetValue(Ports)!, errors),
            SnmpPort = parsed.GetValue(SnmpPort),
            Credentials = CredentialsOf(parsed.GetValue(Credentials) ?? [], config, errors),
        };
        return errors.Count > 0 ? null : new DiscoveryRequest(addresses!, options) { ReportsTo = parsed.GetValue(DryRun) ? null : config.Options.Collectors[0], Restarts = parsed.GetValue(Restart), AsJson = parsed.GetValue(Json) };
    }

    private static IReadOnlyList<int> PortsOf(string text, List<string> errors)
    {
        if (text is "usual" or "none")
        {
            return text == "none" ? [] : DiscoveryOptions.UsualPorts;
        }

        var ports = new List<int>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536)
            {
                ports.Add(port);
            }
            else
            {
                errors.Add($"--ports: '{part}' is no port");
            }
        }

        return ports;
    }

    private static List<Probes.Snmp.Protocol.SnmpCredentials> CredentialsOf(string[] names, Settings.AgentConfig config, List<string> errors)
    {
        var known = config.Options.SnmpCredentials;
        if (names is ["none"])
        {
            return [];
        }

        foreach (var name in names.Where(name => !known.ContainsKey(name)))
        {
            errors.Add($"--credentials: there are no credentials named '{name}' in Agent.SnmpCredentials{Configuration.Suggestion.For(name, known.Keys)}");
        }

        return [.. names.Length == 0 ? known.Values.OrderBy(one => one.Name, StringComparer.Ordinal) : names.Where(known.ContainsKey).Select(name => known[name])];
    }

    private static void Check(Option<int> option, int low, int high) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() is var value && (value < low || value > high))
        {
            result.AddError($"{option.Name}: {value} is out of range; it goes from {low} to {high}");
        }
    });
}

using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using NocMonitor.Agent.Commands;
using NocMonitor.Agent.Hosting;
using NocMonitor.Agent.Settings;
using NocMonitor.Probes;
using NocMonitor.Probes.Discovery;

namespace NocMonitor.Agent.Discovery;

/// <summary>One call of <c>discover</c>: goes on or begins, shows how far it is, prints what was found and tells the collector. Used once.</summary>
internal sealed class DiscoveryRun(DiscoveryRequest request, AgentOptions options)
{
    private const int RedirectedWidth = 200;

    /// <summary>What an older broken run left says little about who is there today.</summary>
    private static readonly TimeSpan JournalKept = TimeSpan.FromDays(7);

    public async Task<int> RunAsync(TextWriter output, TextWriter errors, CancellationToken token)
    {
        try
        {
            using var journal = DiscoveryJournal.Open(options.Data, request, request.Restarts, JournalKept, TimeProvider.System);
            if (journal.IsResumed)
            {
                await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                    $"goes on at address {journal.Next} of {request.Addresses.Count}, begun {journal.Started:yyyy-MM-dd HH:mm} UTC; --restart begins anew"));
            }

            if (!await LookAsync(journal, errors, token))
            {
                return AgentCommands.CannotDo;
            }

            await PrintAsync(journal.Devices, output);
            return await ReportAsync(journal, errors, token);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"the state of the discovery cannot be kept in {options.Data}: {exception.Message}");
            return AgentCommands.CannotDo;
        }
    }

    /// <summary>False when it did not come to its end; what was found until then is kept.</summary>
    private async Task<bool> LookAsync(DiscoveryJournal journal, TextWriter errors, CancellationToken token)
    {
        using var log = new CompactLog(errors, LogLevel.Error, TimeProvider.System);
        await using var context = new ProbeContext(TimeProvider.System, options.Host, log);
        var isTerminal = !Console.IsErrorRedirected && errors == Console.Error;
        var progress = new DiscoveryProgress(errors, isTerminal, isTerminal ? Console.WindowWidth : RedirectedWidth, request.Addresses.Count, journal, TimeProvider.System);
        journal.Changed = progress.Show;
        try
        {
            await new DeviceDiscovery(request.Addresses, request.Options, context).RunAsync(journal.Next, journal, token);
            progress.End();
            return true;
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            progress.End();
            await errors.WriteLineAsync($"stopped at address {journal.Next} of {request.Addresses.Count}; the same command goes on from there");
            return false;
        }
        catch (DiscoveryException exception)
        {
            progress.End();
            await errors.WriteLineAsync(exception.Message);
            return false;
        }
        finally
        {
            journal.Note();
        }
    }

    private async Task PrintAsync(IReadOnlyList<DeviceJson> found, TextWriter output)
    {
        DeviceJson[] devices = [.. found.OrderBy(device => device.Address.Contains(':', StringComparison.Ordinal)).ThenBy(device => Convert.ToHexString(IPAddress.Parse(device.Address).GetAddressBytes()), StringComparer.Ordinal)];
        if (request.AsJson)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(devices, DiscoveryJson.Plain.IReadOnlyListDeviceJson));
            return;
        }

        var width = Console.IsOutputRedirected || output != Console.Out ? RedirectedWidth : Math.Max(40, Console.WindowWidth);
        await output.WriteAsync(TextTable.Render(
            ["Address", "Name", "Vendor", "Model", "Version", "Serial", "Profile", "Location", "Interfaces", "Open ports", "Trouble"], [.. devices.Select(Row)], width));
    }

    private static string[] Row(DeviceJson device)
    {
        return
        [
            device.Address, Fact("sysName"), Fact("vendor"), Fact("model"), Fact("version"), Fact("serial"), Fact("profile"), Fact("location"),
            Fact("interfaces") is { Length: > 0 } list ? $"{list.Count(letter => letter == ';') + 1}" : "", Fact("ports").Replace(';', ' '), PlainText(device.Trouble ?? ""),
        ];

        string Fact(string name) => PlainText(device.Facts.GetValueOrDefault(name, ""));
    }

    /// <summary>A device says what it likes: on a terminal it must not command.</summary>
    private static string PlainText(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)) : text;

    private async Task<int> ReportAsync(DiscoveryJournal journal, TextWriter errors, CancellationToken token)
    {
        if (request.ReportsTo is { } collector)
        {
            using var reporter = new DiscoveryReporter(collector, TimeProvider.System);
            var (answer, error) = await reporter.SendAsync(journal.Id, options.Name, journal.Devices, [.. request.Addresses.Ranges.Select(range => range.ToString())], token);
            if (answer is null)
            {
                await errors.WriteLineAsync($"{reporter.Name} does not take what was found: {error}; the same command tells it again");
                return AgentCommands.CannotDo;
            }

            await errors.WriteLineAsync(
                $"{reporter.Name}: {answer.New} new, {answer.Changed} changed, {answer.Unchanged} unchanged, {answer.Absent} gone; see 'nocmonitor-collector inventory proposals'");
        }

        journal.Delete();
        return AgentCommands.Good;
    }
}

using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NocMonitor.Collector.Cli;

namespace NocMonitor.Collector.Inventory.Cli;

/// <summary><c>inventory …</c>: the devices that are known, what is proposed about them, and files of them. Works against a running collector.</summary>
internal static class InventoryCommand
{
    public static Command Create() => new("inventory", "The devices of a running collector: what is accepted, what is proposed, and how they are linked.")
    {
        DeviceCommands.CreateList(),
        ProposalCommands.CreateList(),
        ProposalCommands.CreateAccept(),
        ProposalCommands.CreateReject(),
        FileCommands.CreateExport(),
        FileCommands.CreateImport(),
        FileCommands.CreateReconcile(),
        LinkCommands.CreateLinks(),
        LinkCommands.CreateParents(),
    };

    /// <summary>A command that asks the collector and prints what it answers, for people or with <c>--json</c> for programs.</summary>
    /// <param name="print">Prints the answer for people.</param>
    internal static Command Asking<T>(
        Command command, Func<ApiClient, ParseResult, CancellationToken, Task<T>> ask, JsonTypeInfo<T> type, Action<ParseResult, InventoryConsole, T> print)
    {
        var api = new ApiClient.Options().AddTo(command);
        var json = new Option<bool>("--json") { Description = "Print the collector's answer as JSON." };
        command.Options.Add(json);
        command.SetAction((result, token) => CommandGuard.RunAsync(result, async () =>
        {
            using var client = api.Open(result);
            var answer = await ask(client, result, token);
            var output = result.InvocationConfiguration.Output;
            if (result.GetValue(json))
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(answer, type));
            }
            else
            {
                print(result, new InventoryConsole(output), answer);
            }
        }));
        return command;
    }
}

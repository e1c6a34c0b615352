using System.CommandLine;
using NocMonitor.Collector.Cli;
using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Inventory.Files;

namespace NocMonitor.Collector.Inventory.Cli;

/// <summary><c>inventory export | import | reconcile</c>.</summary>
internal static class FileCommands
{
    public static Command CreateExport()
    {
        var file = new Argument<string?>("FILE") { Description = "Where to write; without it the standard output.", Arity = ArgumentArity.ZeroOrOne };
        var format = FormatOption();
        var command = new Command("export", "Writes the inventory as CSV (RFC 4180) or JSON.") { file, format };
        var api = new ApiClient.Options().AddTo(command);
        command.SetAction((result, token) => CommandGuard.RunAsync(result, async () =>
        {
            using var client = api.Open(result);
            var path = result.GetValue(file);
            var bytes = await client.GetBytesAsync($"/api/v1/inventory/export?format={FormatOf(path, result.GetValue(format))}", token);
            await WriteAsync(path, bytes, result.InvocationConfiguration.Output, token);
        }));
        return command;
    }

    public static Command CreateReconcile()
    {
        var file = FileArgument();
        var format = FormatOption();
        return InventoryCommand.Asking(
            new Command("reconcile", "Compares a file, such as an export of a CMDB, with the inventory: in ours only, in theirs only, different. Changes nothing.") { file, format },
            (client, result, token) => PostAsync(client, "/api/v1/inventory/reconcile?", result.GetRequiredValue(file), result.GetValue(format), token),
            InventoryJson.Plain.ReconcileReport,
            (_, console, report) => Print(console, report));
    }

    public static Command CreateImport()
    {
        var file = FileArgument();
        var format = FormatOption();
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would be done." };
        var removeMissing = new Option<bool>("--remove-missing") { Description = "Also remove what the file does not have." };
        var by = new Option<string?>("--by") { HelpName = "NAME", Description = "Who imports; without it the name of the token." };
        return InventoryCommand.Asking(
            new Command("import", "Takes a file over: adds what only it has, and its values where they differ. An empty cell leaves what is known.") { file, format, dryRun, removeMissing, by },
            (client, result, token) => PostAsync(
                client,
                $"/api/v1/inventory/import?dryRun={Word(result.GetValue(dryRun))}&removeMissing={Word(result.GetValue(removeMissing))}&by={Uri.EscapeDataString(result.GetValue(by) ?? "")}&",
                result.GetRequiredValue(file), result.GetValue(format), token),
            InventoryJson.Plain.ReconcileReport,
            (result, console, report) =>
            {
                Print(console, report);
                console.Line(!report.Applied ? "Nothing was changed."
                    : $"Added {report.TheirsOnly.Count}, changed {report.Different.Count}, removed {(result.GetValue(removeMissing) ? report.OursOnly.Count : 0)}.");
            });
    }

    private static void Print(InventoryConsole console, ReconcileReport report)
    {
        if (report.Faults.Count > 0)
        {
            console.Table($"{report.Faults.Count} that could not be read", ["Line", "Column", "Field", "What is wrong"],
                report.Faults.Select(fault => (string[])[$"{fault.Line}", $"{fault.Column}", fault.Field ?? "", fault.Message]));
        }

        console.Table($"{report.OursOnly.Count} in ours only", ["Name"], report.OursOnly.Select(name => (string[])[name]));
        console.Table($"{report.TheirsOnly.Count} in theirs only", ["Name", "Line", "Address", "Serial"], report.TheirsOnly.Select(device =>
            (string[])[device.Name, $"{device.Line}", device.Facts.GetValueOrDefault("address", ""), device.Facts.GetValueOrDefault("serial", "")]));
        console.Table($"{report.Different.Count} different", ["Name", "Line", "Matched by", "Field", "Ours", "Theirs"], report.Different.SelectMany(device =>
            device.Fields.Select((field, i) => (string[])
            [
                i == 0 ? device.Name : "", i == 0 ? $"{device.Line}" : "", i == 0 ? device.MatchedBy : "", field.Field, field.Before ?? "", field.After ?? "",
            ])));
        console.Line($"{report.Same} are the same.");
    }

    private static Argument<string> FileArgument() => new("FILE") { Description = "The file: CSV with a line of column names, or JSON. A dash stands for the standard input." };

    private static Option<string?> FormatOption()
    {
        var format = new Option<string?>("--format") { Description = "csv or json; by the file's name unless given, else csv." };
        format.AcceptOnlyFromAmong("csv", "json");
        return format;
    }

    private static string FormatOf(string? file, string? given) =>
        given ?? (file?.EndsWith(".json", StringComparison.OrdinalIgnoreCase) == true ? "json" : "csv");

    private static string Word(bool flag) => flag ? "true" : "false";

    private static async Task<ReconcileReport> PostAsync(ApiClient client, string path, string file, string? format, CancellationToken token) =>
        await client.PostAsync($"{path}format={FormatOf(file, format)}", await ReadAsync(file, token), InventoryJson.Plain.ReconcileReport, token);

    private static async Task<byte[]> ReadAsync(string file, CancellationToken token)
    {
        try
        {
            if (file != "-")
            {
                return await File.ReadAllBytesAsync(file, token);
            }

            await using var input = Console.OpenStandardInput();
            using var bytes = new MemoryStream();
            await input.CopyToAsync(bytes, token);
            return bytes.ToArray();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{file} cannot be read: {exception.Message}", exception);
        }
    }

    private static async Task WriteAsync(string? file, byte[] bytes, TextWriter output, CancellationToken token)
    {
        if (file is null)
        {
            await output.WriteAsync(System.Text.Encoding.UTF8.GetString(bytes));
            return;
        }

        try
        {
            await File.WriteAllBytesAsync(file, bytes, token);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{file} cannot be written: {exception.Message}", exception);
        }
    }
}
